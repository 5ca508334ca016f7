package merge

// Undo takes back what revision changed against its parent, in head: a
// three-way merge whose base is the revision and whose theirs is the parent.
// A value that somebody has changed since stays, as a Conflict whose Theirs is
// the value before the revision. Rows of all three carry ids.
func Undo(head, revision, parent State) (Result, error) {
	return Merge(revision, head, parent, Options{Force: true})
}

// Restore makes head say what target says, whatever was changed in between.
// Rows of both carry ids. No conflict comes of it.
func Restore(head, target State) (Result, error) {
	return Merge(head, head, target, Options{Force: true})
}
