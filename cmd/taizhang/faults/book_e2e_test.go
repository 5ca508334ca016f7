//go:build e2e

package faults

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	tasksSheet  = "任务台账"
	eventsSheet = "年度活动"
	headerRow   = 2
)

// columns are the headings of the tasks sheet; those from typedFrom on are what
// values are typed into, by the field names that the program knows.
var (
	columns   = []string{"序号", "重点任务", "牵头单位", "完成时限", "完成状态", "进展情况", "存在问题", "备注"}
	typed     = map[string]int{"progress": 5, "problems": 6, "remark": 7}
	typedList = []string{"progress", "problems", "remark"}
)

// newBook makes a ledger of n tasks, named by their numbers.
func newBook(n int) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	var err error
	put := func(sheet string, row int, values []any) {
		err = errors.Join(err, f.SetSheetRow(sheet, fmt.Sprint("A", row), &values))
	}
	err = f.SetSheetName("Sheet1", tasksSheet)
	put(tasksSheet, 1, []any{"2022年政务公开重点工作任务台账"})
	err = errors.Join(err, f.MergeCell(tasksSheet, "A1", "H1"))
	var heads []any
	for _, h := range columns {
		heads = append(heads, h)
	}
	put(tasksSheet, headerRow, heads)
	units := []string{"党政办公室", "财政局", "环保分局"}
	for i := 1; i <= n; i++ {
		put(tasksSheet, headerRow+i, []any{i, titleOf(i), units[i%3], "2022年6月底前", "正在推进"})
	}
	if _, e := f.NewSheet(eventsSheet); e != nil {
		return nil, e
	}
	put(eventsSheet, 1, []any{"类型", "单位", "日期", "主题", "地点", "人数", "环节", "佐证", "备注"})
	put(eventsSheet, 2, []any{"培训", "财政局", "2022-05-18", "第一次培训", "会议室", 42})
	if err != nil {
		return nil, err
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func titleOf(n int) string { return fmt.Sprintf("事项%04d", n) }

// rows is what the workbook says: the tasks' cells by title, in the order of
// columns, and the topics of the events.
type rows struct {
	tasks  map[string][]string
	twice  []string
	topics map[string]bool
}

func readBook(data []byte) (*rows, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := &rows{tasks: map[string][]string{}, topics: map[string]bool{}}
	lines, err := f.GetRows(tasksSheet)
	if err != nil {
		return nil, err
	}
	for _, line := range lines[min(headerRow, len(lines)):] {
		line = append(line, make([]string, len(columns))...)[:len(columns)]
		if line[1] == "" {
			continue
		}
		if out.tasks[line[1]] != nil {
			out.twice = append(out.twice, line[1])
		}
		out.tasks[line[1]] = line
	}
	events, err := f.GetRows(eventsSheet)
	for _, line := range events {
		if len(line) > 3 {
			out.topics[line[3]] = true
		}
	}
	return out, err
}

// whole reports what is torn about a workbook: it uses the standard library and
// excelize only.
func whole(file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := wholeZip(data); err != nil {
		return err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		return err
	}
	return f.Close()
}

// wholeZip is whole for any package of XML parts.
func wholeZip(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	for _, e := range z.File {
		r, err := e.Open()
		if err != nil {
			return fmt.Errorf("%s: %w", e.Name, err)
		}
		part, err := io.ReadAll(r) // tells a wrong checksum
		if err != nil {
			return fmt.Errorf("%s: %w", e.Name, err)
		}
		if ext := path.Ext(e.Name); ext != ".xml" && ext != ".rels" {
			continue
		}
		for dec := xml.NewDecoder(bytes.NewReader(part)); ; {
			if _, err := dec.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return fmt.Errorf("%s: %w", e.Name, err)
			}
		}
	}
	return nil
}

// edited is the workbook with values typed into it by an office: by task and
// field.
func edited(data []byte, values map[cell]string) ([]byte, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines, err := f.GetRows(tasksSheet)
	if err != nil {
		return nil, err
	}
	for c, v := range values {
		done := false
		for i, line := range lines {
			if len(line) > 1 && line[1] == c.title {
				name, err := excelize.CoordinatesToCellName(typed[c.field]+1, i+1)
				if err != nil {
					return nil, err
				}
				if err := f.SetCellStr(tasksSheet, name, v); err != nil {
					return nil, err
				}
				done = true
			}
		}
		if !done {
			return nil, fmt.Errorf("no row %s", c.title)
		}
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// saveOver replaces a file as most programs do: by a rename.
func saveOver(file string, data []byte) error {
	temp := filepath.Join(filepath.Dir(file), "office-"+strings.TrimSuffix(filepath.Base(file), ".xlsx")+".part")
	if err := os.WriteFile(temp, data, 0o666); err != nil {
		return err
	}
	return os.Rename(temp, file)
}
