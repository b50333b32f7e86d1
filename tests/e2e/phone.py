"""One person with one browser: what they see, and what no browser of ours may ever do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import BrowserType, Page, expect

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
)  # fmt: skip
HEARING = """
window.__sounds = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) { window.__sounds += 1; return start.apply(this, when); };
"""
WATCHING = """([text]) => {
  window.__seen = null;
  const look = () => { if (document.body.innerText.includes(text)) { window.__seen ??= Date.now(); } };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
STILL = """() => Promise.all(document.getAnimations()
  .filter(each => each.effect.getComputedTiming().endTime !== Infinity).map(each => each.finished.catch(() => null)))"""
SPOKEN = "() => [...document.querySelectorAll('[aria-live=assertive],[role=alert]')].map(e => e.innerText).join(' ')"
PAST_THE_CODE = "body:not(:has([autocomplete=one-time-code]))"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


class Phone:
    """A page and its owner; keeps what went wrong behind the screen."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.faults: list[str] = []
        self.others: set[str] = set()  # hosts that the story itself leads to
        page.on("request", self._watch_host)
        page.on("console", lambda message: self._watch_console(message.type, message.text))
        page.on("pageerror", lambda error: self.faults.append(f"script failed: {error}"))
        page.on("response", lambda answer: answer.status >= 500 and self.faults.append(f"{answer.status} {answer.url}"))
        page.add_init_script(HEARING)

    def open(self, path: str) -> None:
        """Go to an address of the city."""
        self.page.goto(self.address + path)

    def sign_in(self, name: str) -> None:
        """Become one of the demo city's people, by the code that is sent to them."""
        self.open("/sign-in")
        self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name)).first.click()
        self.page.get_by_role("button", name="を入れる").click(
            timeout=60_000
        )  # the letters' worker may only just begin
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def show_app_code(self) -> None:
        """Where more is asked for: give the code that the demo city shows in place of the person's authenticator app.

        A code counts once. Where another walk gave it just now, this waits for the next one.
        """
        self.press("認証アプリの数字")
        offered = self.page.get_by_role("button", name="を入れる").first
        code = offered.inner_text()
        self._give_app_code()
        refused = self.page.get_by_role("alert").filter(has_text="確認できませんでした")
        expect(refused.or_(self.page.locator(PAST_THE_CODE)).first).to_be_visible(timeout=15_000)
        if refused.count():
            expect(offered).not_to_have_text(code, timeout=35_000)
            self._give_app_code()

    def _give_app_code(self) -> None:
        self.press("を入れる")
        self.press("確認する", exact=True)

    def says(self, text: str, *, within_ms: int = 5000) -> None:
        """Wait until the text stands on the screen."""
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=within_ms)

    def press(self, name: str, *, exact: bool = False) -> None:
        """Press the button or link of that name."""
        button = self.page.get_by_role("button", name=name, exact=exact)
        button.or_(self.page.get_by_role("link", name=name, exact=exact)).first.click()

    def watch_for(self, text: str) -> None:
        """Note the instant (ms since 1970) at which the text first stands on the screen; read it with :meth:`seen_at`."""
        self.page.evaluate(WATCHING, [text])

    def seen_at(self) -> int:
        """Return when the watched text appeared."""
        self.page.wait_for_function("window.__seen !== null")
        return int(self.page.evaluate("window.__seen"))

    def sounds(self) -> int:
        """Return how many tones have been played."""
        return int(self.page.evaluate("window.__sounds"))

    def hears(self) -> str:
        """Return what a screen reader is told at once."""
        return str(self.page.evaluate(SPOKEN))

    def api(self, path: str) -> dict:
        """Ask the city as the person who is signed in here."""
        return self.page.evaluate("async path => (await fetch(path)).json()", f"/api/v1{path}")

    def picture(self, file: Path) -> None:
        """Take a screenshot of what is on the screen."""
        self.page.wait_for_timeout(250)
        self.page.screenshot(path=file)

    def is_accessible(self) -> None:
        """Find nothing with axe, once the screen stands and nothing moves any more."""
        self.page.locator("h1").first.wait_for()
        self.page.evaluate(STILL)
        found = Axe().run(self.page, options=RULES)["violations"]
        told = [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]
        assert not told, f"{self.page.url}: {told}"

    def was_clean(self) -> None:
        """Nothing left the machine, no policy was violated, no script failed, no answer was a 5xx."""
        assert not self.faults, self.faults

    def _watch_host(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc not in {
            urlsplit(self.address).netloc,
            *self.others,
        }:
            self.faults.append(f"asked another host: {request.url}")

    def _watch_console(self, kind: str, text: str) -> None:
        if "Content Security Policy" in text:
            self.faults.append(text)


@contextmanager
def phone(chromium: BrowserType, address: str, *, film: Path | None = None, **screen) -> Iterator[Phone]:
    """Open a browser of its own, with a film for its camera; what went wrong behind the screen fails the test."""
    camera = (f"--use-file-for-fake-video-capture={film}",) if film else ()
    browser = chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *camera])
    shape = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "locale": "ja-JP"} | screen
    context = browser.new_context(permissions=["camera"], **shape)
    context.set_default_timeout(10_000)
    try:
        held = Phone(context.new_page(), address)
        yield held
        held.was_clean()
    finally:
        browser.close()
