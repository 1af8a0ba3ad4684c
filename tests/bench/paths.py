"""Where the benchmarks find what they measure."""

from tests.browser.app import ROOT

BENCH = ROOT / "tests" / "bench"
GEOMETRY = ROOT / "data" / "geometry"
