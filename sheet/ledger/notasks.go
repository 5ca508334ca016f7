package ledger

import (
	"encoding/json"
	"slices"
	"strings"

	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// IsLedger reports whether a task table or a register is among the tables found;
// what else there may be only says more of these.
func IsLedger(f *table.Found) bool {
	return slices.ContainsFunc(f.Tables, func(t *table.Table) bool { return t.Kind == KindTasks || IsRegister(t.Kind) })
}

// IsRegister reports whether a kind of table is a register.
func IsRegister(kind string) bool {
	return !slices.Contains([]string{KindTasks, KindActivities, KindUnits, KindRequirements, KindHolidays}, kind)
}

// NoTasks says that a workbook has no task table, and what to do so that it
// has one: where a row looks like a header, the settings that would make it one,
// with the row's own headings. file is the workbook's name.
func NoTasks(file string, f *table.Found, opt Options) (text, hint msg.Text) {
	schema := taskSchema(opt)
	var best *table.Candidate
	var sheet string
	most := -1
	for _, s := range f.Sheets {
		if c := s.Candidate; c != nil {
			if known, _ := sortHeadings(schema, c.Headings); len(known) > most {
				best, sheet, most = c, s.Name, len(known)
			}
		}
	}
	if best == nil {
		return msg.New("ledger.no_tasks", "File", file), msg.New("ledger.no_tasks.no_header")
	}
	known, unknown := sortHeadings(schema, best.Headings)
	text = msg.New("ledger.no_tasks.candidate", "File", file, "Sheet", sheet, "Row", best.Row, "Known",
		fieldList(known))
	missing := missingFields(schema, known)
	if len(missing) == 0 { // enough is named, but none of it surely
		fields, headings := doubtedHeadings(schema, best.Headings)
		return text, msg.New("ledger.no_tasks.doubted", "Setting", headingsSetting(fields, headings))
	}
	if len(unknown) < len(missing) {
		return text, msg.New("ledger.no_tasks.too_few", "Fields", fieldList(missing))
	}
	return text, msg.New("ledger.no_tasks.tell", "Setting", headingsSetting(missing, unknown))
}

func taskSchema(opt Options) table.Schema {
	schemas := Schemas(opt)
	return schemas[slices.IndexFunc(schemas, func(s table.Schema) bool { return s.Kind == KindTasks })]
}

// sortHeadings tells the fields of a schema that headings name, and the
// headings that name none.
func sortHeadings(schema table.Schema, headings []string) (fields, unknown []string) {
	for _, h := range headings {
		switch field := headingField(schema, h); {
		case field == "":
			if strings.TrimSpace(h) != "" && !slices.Contains(unknown, h) {
				unknown = append(unknown, h)
			}
		case !slices.Contains(fields, field):
			fields = append(fields, field)
		}
	}
	return fields, unknown
}

// headingField is the field that a heading names by itself, "" if none. Where
// that depends on the neighbours it is the likeliest.
func headingField(schema table.Schema, heading string) string {
	return schema.Likeliest(heading)
}

// missingFields are the fields that make a table of tasks of a header that
// names those known.
func missingFields(schema table.Schema, known []string) (missing []string) {
	has := func(field string) bool { return slices.Contains(known, field) }
	for _, group := range schema.Need {
		if !slices.ContainsFunc(group, has) {
			missing = append(missing, group[0])
		}
	}
	return missing
}

// doubtedHeadings are the headings that would make a table of tasks if they meant for sure
// what they seem to mean, with their fields: one for each thing that such a table needs.
func doubtedHeadings(schema table.Schema, headings []string) (fields, named []string) {
	for _, group := range schema.Need {
		for _, h := range headings {
			if f := headingField(schema, h); slices.Contains(group, f) && !slices.Contains(fields, f) {
				fields, named = append(fields, f), append(named, h)
				break
			}
		}
	}
	return fields, named
}

// headingsSetting is a line for taizhang.yaml that gives each field a heading.
func headingsSetting(fields, headings []string) string {
	var b strings.Builder
	b.WriteString("headings: {tasks: {")
	for i, field := range fields {
		if i > 0 {
			b.WriteString(", ")
		}
		quoted, _ := json.Marshal(headings[i]) // a string never fails; JSON's quotes are YAML's too
		b.WriteString(field + ": [" + string(quoted) + "]")
	}
	b.WriteString("}}")
	return b.String()
}

// fieldList names fields in the reader's language.
func fieldList(fields []string) msg.Text {
	out := msg.New("ledger.list.none")
	for i, f := range fields {
		switch name := FieldText(f); i {
		case 0:
			out = name
		default:
			out = msg.New("ledger.list.more", "First", out, "Next", name)
		}
	}
	return out
}
