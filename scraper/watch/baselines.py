"""What is usual: medians, quantiles and bounds that a few odd days do not move. Pure."""

import math
import statistics
from collections.abc import Iterable, Sequence

# A sample's median absolute deviation times this estimates its standard deviation where it is
# normal (Rousseeuw and Croux 1993, "Alternatives to the Median Absolute Deviation").
MAD_SCALE = 1.4826
TRIM_FROM = 5  # values of a weekday from which its least and its greatest are left out
SIZE_MIN, SIZE_MAX = 0.5, 100.0  # bounds of the negative binomial's size: bursts, nearly Poisson


def wilson(successes: float, trials: float, z: float) -> tuple[float, float]:
    """Return the bounds of a share by Wilson's score interval, (0, 1) for no trials.

    It holds for few trials and for shares of none and all (Brown, Cai and DasGupta 2001).

    >>> [round(bound, 2) for bound in wilson(0, 10, 1.96)]
    [0.0, 0.28]
    """
    if trials <= 0:
        return 0.0, 1.0
    share, square = min(successes / trials, 1.0), z * z
    middle = share + square / (2 * trials)
    width = z * math.sqrt(share * (1 - share) / trials + square / (4 * trials * trials))
    scale = 1 + square / trials
    return max(0.0, (middle - width) / scale), min(1.0, (middle + width) / scale)


def deviation(values: Sequence[float]) -> float:
    """Return the standard deviation that the median absolute deviation stands for.

    >>> round(deviation([9, 10, 10, 11, 500]), 2)
    1.48
    """
    middle = statistics.median(values)
    return MAD_SCALE * statistics.median(abs(value - middle) for value in values)


def quantile(values: Iterable[float], share: float) -> float:
    """Return the value below which a share of the values lies, one of them.

    >>> quantile([5, 1, 4, 2, 3], 0.25)
    2
    """
    ordered = sorted(values)
    return ordered[round(share * (len(ordered) - 1))]


def weighted_median(pairs: Iterable[tuple[float, float]]) -> float:
    """Return the median of values that count as often as their weight says.

    >>> weighted_median([(100, 1), (500, 8), (900, 2)])
    500
    """
    ordered = sorted(pairs)
    half = sum(weight for _, weight in ordered) / 2
    for value, weight in ordered:
        half -= weight
        if half <= 0:
            return value
    raise statistics.StatisticsError("no median for no values")


def trimmed_mean(values: Sequence[float]) -> float:
    """Return a mean without the least and the greatest value; 0 for none, plain for few.

    Unlike a median it does not make nothing of what comes every third week.

    >>> trimmed_mean([10, 11, 0, 9, 10, 400]), trimmed_mean([0, 1]), trimmed_mean([])
    (10, 0.5, 0.0)
    """
    if len(values) >= TRIM_FROM:
        values = sorted(values)[1:-1]
    return statistics.mean(values) if values else 0.0


def burst_size(pairs: Iterable[tuple[float, float]]) -> float:
    """Return the size of the negative binomial that counts follow around their expectations.

    Counts of a day spread more than Poisson's: variance = mean + mean squared / size, from which
    the method of moments has the size. Small is bursty. Days in which nothing is expected tell
    nothing.

    Args:
        pairs: what came and what was expected, of each day.
    """
    squares, excess = 0.0, 0.0
    for came, expected in pairs:
        if expected > 0:
            squares += expected**2
            excess += min((came - expected) ** 2, (2 * expected + 3) ** 2) - expected
    if excess <= 0:
        return SIZE_MAX
    return min(max(squares / excess, SIZE_MIN), SIZE_MAX)


def silence_chance(expected: Iterable[float], size: float) -> float:
    """Return how likely nothing comes in days that let so much expect, the rhythm unbroken.

    The tail at 0 of a Poisson count whose rate varies from day to day by a gamma distribution.

    >>> silence_chance([3.0, 3.0], size=100) < 0.01 < silence_chance([3.0, 3.0], size=0.5)
    True
    """
    return math.exp(-sum(size * math.log1p(each / size) for each in expected))
