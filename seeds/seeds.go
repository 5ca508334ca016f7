// Package seeds holds the sample ledger: a workbook such as an office keeps, on
// which the demo runs and newcomers learn.
//
// Its content is data (sample.yaml); the workbook is made from it whenever it is
// asked for, so that no binary stands in the tree. It has what ledgers in the
// field have: a title block, a two-row header, category rows, merged unit
// cells, deadlines in many wordings beside real dates, drop-down lists,
// conditional formats, prepared blank rows, a note below, a units sheet, an
// activities sheet and a requirements sheet.
package seeds

import (
	"bytes"
	_ "embed"
	"fmt"
	"sync"
	"time"

	"go.yaml.in/yaml/v3"
)

// Name is the usual file name of the sample ledger.
const Name = "示例台账.xlsx"

// Today is the day on which the sample is best looked at: tasks are overdue and
// due soon, requirements met, open and at risk.
var Today = time.Date(2022, 10, 20, 0, 0, 0, 0, time.UTC)

//go:embed sample.yaml
var sampleYAML []byte

// Sample is the sample ledger as an .xlsx file. The bytes are the same every
// time.
func Sample() ([]byte, error) {
	data, err := sample()
	return bytes.Clone(data), err
}

var sample = sync.OnceValues(func() ([]byte, error) {
	c, err := parse(sampleYAML)
	if err != nil {
		return nil, err
	}
	return c.workbook()
})

func parse(data []byte) (*content, error) {
	c := &content{}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(c); err != nil {
		return nil, fmt.Errorf("sample.yaml: %w", err)
	}
	return c, nil
}

// content is sample.yaml.
type content struct {
	Today    string    `yaml:"today"`
	Title    string    `yaml:"title"`
	Filed    []string  `yaml:"filed"`
	Note     string    `yaml:"note"`
	Sections []section `yaml:"sections"`
	Blank    int       `yaml:"blank_rows"`
	Statuses []string  `yaml:"statuses"`
	Units    []unit    `yaml:"units"`
	Rules    []rule    `yaml:"requirements"`
	Events   []event   `yaml:"events"`
}

type section struct {
	Name  string `yaml:"name"`
	Tasks []task `yaml:"tasks"`
}

type task struct {
	Title     string `yaml:"title"`
	Content   string `yaml:"content"`
	Lead      string `yaml:"lead"`
	Support   string `yaml:"support"`
	Owner     string `yaml:"owner"`
	Phone     string `yaml:"phone"`
	Deadline  string `yaml:"deadline"`
	Status    string `yaml:"status"`
	Completed string `yaml:"completed"`
	Progress  string `yaml:"progress"`
	Problems  string `yaml:"problems"`
	Next      string `yaml:"next"`
	Evidence  string `yaml:"evidence"`
	Remark    string `yaml:"remark"`
}

type unit struct {
	Name    string   `yaml:"name"`
	Aliases []string `yaml:"aliases"`
	Groups  []string `yaml:"groups"`
	Contact string   `yaml:"contact"`
	Phone   string   `yaml:"phone"`
}

type rule struct {
	Name  string `yaml:"name"`
	Kind  string `yaml:"kind"`
	Min   int    `yaml:"min"`
	Scope string `yaml:"scope"`
	Units string `yaml:"units"`
	Due   string `yaml:"due"`
	Needs string `yaml:"needs"`
}

type event struct {
	Kind     string `yaml:"kind"`
	Unit     string `yaml:"unit"`
	Date     string `yaml:"date"`
	Topic    string `yaml:"topic"`
	Place    string `yaml:"place"`
	People   int    `yaml:"people"`
	Parts    string `yaml:"parts"`
	Evidence string `yaml:"evidence"`
	Remark   string `yaml:"remark"`
}
