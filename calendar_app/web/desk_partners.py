"""The partners at the desk: added, edited, and their history."""

from flask import Blueprint

pages = Blueprint("desk_partners", __name__)
