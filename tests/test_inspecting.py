"""Each rule of the inspection finds what it is for, and nothing on a good page."""

import pytest

from tests.inspecting import problems_of

GOOD = (
    '<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{title}</title></head>'
    "<body><main>{heading}{main}</main></body></html>"
)
H1 = "<h1>Your answers</h1>"
TOKEN = '<input type="hidden" name="csrf_token" value="x">'


def page(main: str = "", title: str = "Your answers – Survey", heading: str = H1) -> str:
    return GOOD.format(title=title, heading=heading, main=main)


@pytest.mark.parametrize(
    "html",
    [
        page(),
        page(title="Error: Your answers"),
        page(title="Erreur\N{NO-BREAK SPACE}: Your answers"),
        page(
            title="Answers | Réponses",
            heading='<h1><span lang="en">Answers</span> | <span lang="fr">Réponses</span></h1>',
        ),
        page('<label for="a">A</label><input id="a" name="a" aria-describedby="b"><p id="b">B</p>'),
        page('<a href="/en/">Home</a> <a href="tel:988">988</a> <a href="https://x.example">X</a>'),
        page(f'<form method="post" action="/x">{TOKEN}<button>Send</button></form>'),
    ],
)
def test_a_good_page_has_no_problems(html: str) -> None:
    assert problems_of(html) == ()


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        (page(H1), "2 h1"),
        (page(heading=""), "0 h1"),
        (page(heading="<h1> </h1>"), "h1 is empty"),
        (page(title=""), "no title"),
        (page(title="Survey"), "does not begin"),
        (page(title="A | B", heading='<h1><b lang="en">A</b> <b lang="fr">C</b></h1>'), "is not"),
        (page().replace(' lang="en"', ""), "no lang"),
        (page().replace(' dir="ltr"', ""), "no dir"),
        (page('<p lang="french">x</p>'), "no language"),
        (page('<p id="a">x</p><p id="a">y</p>'), "used 2 times"),
        (page('<p aria-describedby="gone">x</p>'), "leads to nothing"),
        (page('<label for="gone">x</label>'), "leads to nothing"),
        (page('<a href="#gone">x</a>'), "leads to no #gone"),
        (page('<input name="a">'), "'a' has no label"),
        (page('<label for="a"> </label><input id="a" name="a">'), "'a' has no label"),
        (page('<select name="s"><option>1</option></select>'), "'s' has no label"),
        (page('<a href="/x"></a>'), "has no words"),
        (page('<img src="/x.png">'), "has no alt"),
        (
            page('<label><input type="radio" name="r">1</label>' * 2),
            "in no fieldset",
        ),
        (page("<fieldset><p>x</p></fieldset>"), "no legend"),
        (page('<p style="color:red">x</p>'), "inline style"),
        (page('<p onclick="x()">x</p>'), "inline onclick"),
        (page("<script>x()</script>"), "inline script"),
        (page("<style>p{}</style>"), "a style"),
        (page('<script src="https://cdn.example/x.js"></script>'), "another origin"),
        (page('<script src="//cdn.example/x.js"></script>'), "another origin"),
        (page('<img alt="" src="http://x.example/x.png">'), "another origin"),
        (page('<a href="javascript:x()">x</a>'), "a link to"),
        (page('<form method="post" action="/x"><button>Send</button></form>'), "has no token"),
        (page(f'<form action="/x">{TOKEN}<button>Ask</button></form>'), "into the address"),
        (page('<button form="gone">x</button>'), "no form 'gone'"),
        (page("<main>x</main>"), "not one main"),
        (page().replace("width=device-width", "user-scalable=no"), "cannot be enlarged"),
        (page("<p>None</p>"), "should not be shown"),
        (page("<p>%(name)s</p>"), "should not be shown"),
        (page("<p>{{ name }}</p>"), "should not be shown"),
        (page('<template><input name="a"></template>'), "'a' has no label"),
        (page('<p id="a"></p><template><p id="a"></p></template>'), "used 2 times"),
        (page("<p>x</div>"), "HTML is wrong"),
        (page("<ul><p>x</ul></p>"), "HTML is wrong"),
    ],
)
def test_what_is_wrong_with_a_page_is_named(html: str, problem: str) -> None:
    assert [one for one in problems_of(html) if problem in one], problems_of(html)
