"""What axe complains about on a page."""

from helpers.teaching.site.fetch import npm_package
from helpers.teaching.site.versions import AXE


def violations(page, known):
    """The complaints, except those with a known source: (rule, part of the element's HTML) -> the source."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=npm_package(AXE) / "axe.min.js")
    found = page.evaluate("axe.run({ resultTypes: ['violations'] }).then((found) => found.violations)")
    return [
        f"{rule['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for rule in found
        for node in rule["nodes"]
        if not any(rule["id"] == name and part in node["html"] for name, part in known)
    ]
