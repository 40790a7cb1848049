"""Numbers of years: what ITU attended, in which role, where and about what; plotted, as tables and as a file."""

from flask import Blueprint

pages = Blueprint("figures", __name__)
