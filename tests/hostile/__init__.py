"""Long trials: what a hostile web, a hostile machine and hostile visitors do to Dateline.

To run, each with --help: `web`, `fuzz`, `kills`, `damage`, `readers`, `visitors`. Parts of `kills`:
newsroom, victims, clerk, ground, clock, strikes, ordeals, undisturbed, portrait, witness. Of
`fuzz`: documents, mutations, trial, promises. Of the last two: busy_archive.
"""
