"""The Council report of a period, as a page and as files."""

from flask import Blueprint

pages = Blueprint("report", __name__)
