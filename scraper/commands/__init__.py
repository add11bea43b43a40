"""The commands of `dateline`, a file for each kind of work: parse options, hand over, print."""
