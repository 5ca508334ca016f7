// Package sample holds the sample ledger: a workbook such as an office keeps, on
// which the demo runs and newcomers learn.
//
// Its content is data (sample.yaml); the workbook is made from it whenever it is
// asked for, so that no binary stands in the tree. It has what ledgers in the
// field have: a title block, a two-row header, category rows, merged unit
// cells, deadlines in many wordings beside real dates, drop-down lists,
// conditional formats, prepared blank rows, a note below, a units sheet, an
// activities sheet, a requirements sheet and a sheet for each of the five registers.
package sample

import (
	"bytes"
	_ "embed"
	"fmt"
	"sync"
	"time"

	"go.yaml.in/yaml/v3"

	"taizhang/sheet/report/newledger"
)

// Name is the usual file name of the sample ledger.
const Name = "示例台账.xlsx"

// Today is the day on which the sample is best looked at: tasks are overdue and
// due soon, requirements met, open and at risk, and the clock of a request runs out.
var Today = time.Date(2022, 10, 20, 0, 0, 0, 0, time.UTC)

//go:embed sample.yaml
var sampleYAML []byte

// Workbook is the sample ledger as an .xlsx file. The bytes are the same every
// time.
func Workbook() ([]byte, error) {
	data, err := made()
	return bytes.Clone(data), err
}

var made = sync.OnceValues(func() ([]byte, error) {
	c, err := parse(sampleYAML)
	if err != nil {
		return nil, err
	}
	return newledger.Make(c.Spec)
})

func parse(data []byte) (*content, error) {
	c := &content{}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	err := dec.Decode(c)
	if err != nil {
		return nil, fmt.Errorf("sample.yaml: %w", err)
	}
	if c.Made, err = time.Parse(time.DateOnly, c.Today); err != nil {
		return nil, fmt.Errorf("sample.yaml: %w", err)
	}
	return c, nil
}

// content is sample.yaml: the day on which it is looked at, and the workbook.
type content struct {
	Today          string
	newledger.Spec `yaml:",inline"`
}
