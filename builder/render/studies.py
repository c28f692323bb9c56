"""What templates get ready made for pages in the archivist's own hand, and for the chapters of a book."""

from __future__ import annotations

from builder.render.body import article_html
from builder.render.marking import Words
from builder.render.views.books import ChapterView, StudyView
from builder.render.views.every import View
from builder.render.views.site import DossierView, TextView


def made_of_study(view: View, words: Words) -> dict[str, object]:
    """The body, and the sections, of a text; nothing for pages without one."""
    if not isinstance(view, TextView | DossierView | ChapterView | StudyView):
        return {}
    # It brings the Markdown parser along: a ninth of what an edit takes that is seen in lists, none of which has one.
    from builder.render.markdown import as_xhtml, dossier_html, sections, text_html  # noqa: PLC0415

    if isinstance(view, TextView):
        return {"body": text_html(view.body, view.language, words=words), "sections": sections(view.body)}
    if isinstance(view, DossierView):
        body = dossier_html(view.body, view.language, links=view.links, words=words)
        return {"body": body, "sections": sections(view.body)}
    if isinstance(view, ChapterView):
        spoken = view.spoken
        body = article_html(view.body, view.row.language, anchors=view.anchors, root="", words=words, spoken=spoken)
        return {"body": as_xhtml(body)}
    study = view.study
    return {"body": as_xhtml(dossier_html(study.body, study.language, links=study.links, words=words))}
