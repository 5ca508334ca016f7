package annual

// Tables are the tables of the report for other programs.
type Tables struct {
	Active   Table `json:"active"`
	Requests Table `json:"requests"`
	Reviews  Table `json:"reviews"`
}

// Table is one table: the names of its columns and its rows.
type Table struct {
	Columns []string `json:"columns"`
	Rows    []Row    `json:"rows"`
}

// Row is one row; of section 二, whose rows have columns of their own, with these.
type Row struct {
	Key     string    `json:"key"`
	Name    string    `json:"name"`
	Article string    `json:"article,omitempty"`
	Columns []string  `json:"columns,omitempty"`
	Values  []float64 `json:"values"`
}

// Tables are the figures in the order of the form.
func (r *Report) Tables() (t Tables) {
	t.Active.Columns = active[0].columns
	for _, p := range active {
		for _, row := range p.rows {
			t.Active.Rows = append(t.Active.Rows, Row{Key: row.key, Name: row.name, Article: p.article,
				Columns: p.columns, Values: r.Active[row.key]})
		}
	}
	t.Requests.Columns = Columns
	for _, l := range lines {
		f := r.Requests[l.key]
		t.Requests.Rows = append(t.Requests.Rows, Row{Key: l.key, Name: l.name, Values: ints(f[:]...)})
	}
	t.Reviews.Columns = reviewColumns
	for _, p := range reviewParts {
		f := r.Reviews[p.key]
		t.Reviews.Rows = append(t.Reviews.Rows, Row{Key: p.key, Name: p.name, Values: ints(f[:]...)})
	}
	return t
}
