"""The figures that reports tell, at the desk."""

from flask import Blueprint

pages = Blueprint("desk_figures", __name__)
