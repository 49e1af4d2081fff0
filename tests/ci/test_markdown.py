"""The page in Markdown, as a browser would show it."""

from html.parser import HTMLParser

from markdown_it import MarkdownIt

from ci.format_samples import REPORTS, written
from support.reports import blocked


class Rendered(HTMLParser):
    """What a browser would make of a page: its elements and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_markdown_is_one_table_in_which_nothing_of_a_commit_is_markup() -> None:
    page = MarkdownIt("commonmark").enable("table").render(written("markdown"))
    rendered = Rendered(page)
    expected = {"h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "ul", "li", "blockquote"}
    assert rendered.elements <= expected
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = body.split("<tr>")[1:]
    assert len(rows) == len(REPORTS)
    assert all(row.count("<td>") == 5 for row in rows)
    assert "<script>alert(1)</script>" in rendered.text


def test_a_huge_change_still_fits_into_a_job_summary() -> None:
    long = "x" * 400
    many = (blocked(sha=f"{number:040x}", message=f"{long} {number}\n") for number in range(5000))
    page = written("markdown", list(many))
    assert len(page.encode()) < 1 << 20
    assert "did not fit here" in page
