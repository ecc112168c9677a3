"""Word of mouth, simulated: how a product spreads by what customers tell each other, and what a referral programme adds.

A scenario says who knows whom, who buys first, what customers think and tell, and what they get for it::

    import tellwave

    scenario = tellwave.Scenario.from_dict({
        "runs": 200,
        "graph": {"watts_strogatz": {"people": 5_000}},
        "seeds": {"count": 50},
        "policy": {"two_sided": {"advocate": "5.00 USD", "friend": "5.00 USD"}},
    })
    outcome = scenario.run()
    outcome.summary.to_pandas()
    outcome.charts["reach"]

Every number is the same that the command ``tellwave`` prints for the same scenario and seed, on any number of threads.
"""

from tellwave._tellwave import Chart, Comparison, Explanation, Outcome, Scenario, Sweep, SweepResults, Table, __version__, compare
from tellwave.errors import ClusterError, ConflictError, DamageError, DiskError, Error, MissingError, Mistake, ScenarioError, UsageError

__all__ = [
    "Chart",
    "ClusterError",
    "Comparison",
    "ConflictError",
    "DamageError",
    "DiskError",
    "Error",
    "Explanation",
    "MissingError",
    "Mistake",
    "Outcome",
    "Scenario",
    "ScenarioError",
    "Sweep",
    "SweepResults",
    "Table",
    "UsageError",
    "__version__",
    "compare",
]
