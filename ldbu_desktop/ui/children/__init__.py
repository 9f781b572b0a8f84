"""Children and visits: the tree at the left, and the values of what is selected in the middle."""
