"""Short human names for devices: the browser and what it runs on, as their owner knows them."""

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("YJApp", "Yahoo! JAPAN"),
    ("Line/", "LINE"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
_NAMES = {name for table in (_BROWSERS, _SYSTEMS) for _mark, name in table}


def device_name(user_agent: str) -> str:
    """Return for example ``Safari · iPhone``. This function will give what it knows of the two, and nothing where it knows neither.

    The order of the tables matters: nearly every browser claims to be Safari and Chrome as well. A short name stays what it is.
    """
    if _NAMES.issuperset(user_agent.split(" · ")):
        return user_agent
    found = [next((name for mark, name in table if mark in user_agent), "") for table in (_BROWSERS, _SYSTEMS)]
    return " · ".join(name for name in found if name)
