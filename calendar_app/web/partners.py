"""The directory of partners, and the page of one with what was done together."""

from flask import Blueprint

pages = Blueprint("partners", __name__)
