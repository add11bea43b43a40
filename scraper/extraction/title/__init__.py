"""The headline: agreed on by what a page says in several places, without the site's name."""
