"""What the wheel holds: the folders of the checkout, inside the one package `attest`. All else stands in pyproject.toml."""

from setuptools import find_namespace_packages, setup

FOLDERS = ["annotations", "config", "corpus", "domain", "lake", "questions", "registry", "static", "templates"]
INSIDE = find_namespace_packages(
    include=[f"{name}{below}" for name in FOLDERS for below in ("", ".*")], exclude=["*.__pycache__"]
)

setup(
    packages=["attest", *(f"attest.{name}" for name in INSIDE)],
    package_dir={f"attest.{name}": name for name in FOLDERS},
    package_data={"": ["*"]},
    exclude_package_data={"": ["*.pyc"]},
)
