"""What ITU did at an event or in a series, at the desk, and the side events it holds there."""

from flask import Blueprint

pages = Blueprint("engagement", __name__)
