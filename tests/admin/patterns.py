"""Two pages made of nothing but the components, to try the shell on."""

from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader
from litestar import Request, get, put
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException
from litestar.response import Template

from app.doors import Doors
from app.routes import admin_pages, identity, visits
from app.views import pages
from app.views.forms import Form
from app.views.navigation import Entry
from tests.admin.framed import Admin

TEMPLATES = Path(__file__).parent / "templates"

ENTRIES = (Entry("Forms", "/patterns/form"), Entry("Lists", "/patterns/list"))

SAVED = {
    "name": ["Alba"],
    "gap": ["20"],
    "theme": ["light"],
    "radius": ["16"],
    "font": ["theme"],
    "paused": ["yes"],
    "accent": ["#2c7a52"],
    "start": ["22:00"],
    "only_on": ["/products/*"],
    "pages": ["home", "cart"],
    "place": ["hidden"],
}


def put_into(admin: Admin) -> list[str]:
    """Adds the pages to the web process; what they are asked, oldest first."""
    asked: list[str] = []
    trouble: list[int] = []

    @get("/patterns/list", include_in_schema=False)
    async def show_list(request: Request[Any, Any, Any], doors: NamedDependency[Doors]) -> Template:
        merchant = await visits.merchant(request, doors)
        asked.append(f"{request.headers.get('HX-Request-Type', 'document')} /patterns/list")
        return admin_pages.page(request, doors, merchant, "patterns/list.html")

    @get("/patterns/form", include_in_schema=False)
    async def show_form(request: Request[Any, Any, Any], doors: NamedDependency[Doors]) -> Template:
        merchant = await visits.merchant(request, doors)
        asked.append(f"{request.headers.get('HX-Request-Type', 'document')} /patterns/form")
        return admin_pages.page(request, doors, merchant, "patterns/form.html", form=Form(SAVED))

    @put("/patterns/form", include_in_schema=False)
    async def save(request: Request[Any, Any, Any]) -> Template:
        await identity.merchant_of_fetch(request)
        if trouble:
            raise HTTPException(status_code=trouble.pop())
        typed = await request.form()
        values = {name: typed.getall(name) for name in typed}
        name = values["name"][0]
        if not name:
            form = Form(values, {"name": "Enter a name.", "pages": "Choose a page."})
            return pages.fragment("patterns/_form.html", status_code=422, form=form)
        return pages.fragment("patterns/_form.html", form=Form(values), toast="Form saved")

    admin.web.register(show_list)
    admin.web.register(show_form)
    admin.web.register(save)
    engine = admin.web.template_engine.engine  # type: ignore[union-attr]
    engine.loader = ChoiceLoader([FileSystemLoader(TEMPLATES), engine.loader])
    return asked
