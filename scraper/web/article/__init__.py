"""The pages of one article: to read, as data, as a citation, each as of any of its revisions."""
