package main

import (
	"fmt"
	"os"

	"github.com/xuri/excelize/v2"

	"taizhang/cmd/bench/book"
	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
)

// self does with one of our packages, or with excelize, what other programs do
// in a process of their own.
func self(op string, args []string) error {
	switch op {
	case "measure":
		return measure(args)
	case "read":
		w, err := ooxml.Open(args[0], ooxml.Options{})
		if err != nil {
			return err
		}
		s, err := w.Sheet(book.Sheet)
		if err == nil {
			fmt.Println(len(s.Cells))
		}
		return err
	case "set":
		data, err := os.ReadFile(args[0])
		if err != nil {
			return err
		}
		w, err := ooxml.Read(args[0], data, ooxml.Options{})
		if err != nil {
			return err
		}
		at, ok := a1.ParseRef(args[2])
		if !ok {
			return fmt.Errorf("%q is no cell", args[2])
		}
		if err := w.Set(book.Sheet, at, ooxml.TextValue("已完成")); err != nil {
			return err
		}
		data, err = w.Bytes()
		if err != nil {
			return err
		}
		return os.WriteFile(args[1], data, 0o600)
	case "excelize-read":
		f, err := excelize.OpenFile(args[0])
		if err != nil {
			return err
		}
		defer f.Close()
		rows, err := f.GetRows(book.Sheet, excelize.Options{RawCellValue: true})
		fmt.Println(len(rows))
		return err
	case "excelize-set":
		f, err := excelize.OpenFile(args[0])
		if err != nil {
			return err
		}
		defer f.Close()
		if err := f.SetCellValue(book.Sheet, args[2], "已完成"); err != nil {
			return err
		}
		return f.SaveAs(args[1])
	case "excelize-export":
		return excelizeExport(args[0], args[1])
	case "merge":
		return mergeFiles(args[0], args[1], args[2], args[3])
	}
	return fmt.Errorf("%q is nothing that this program does", op)
}
