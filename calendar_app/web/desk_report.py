"""What editors write for the report of a period, and what it lacks."""

from flask import Blueprint

pages = Blueprint("desk_report", __name__)
