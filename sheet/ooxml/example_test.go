package ooxml_test

import (
	"fmt"
	"log"
	"os"
	"path/filepath"

	"taizhang/seeds/sample"
	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
)

// sampleFile is a fresh copy of the sample ledger.
func sampleFile() string {
	data, err := sample.Workbook()
	if err != nil {
		log.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	path := filepath.Join(dir, sample.Name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		log.Fatal(err)
	}
	return path
}

// Open a workbook that belongs to somebody else, set one cell, save. Every
// other part of the file stays as it was, byte by byte.
func Example() {
	path := sampleFile()
	defer os.RemoveAll(filepath.Dir(path))

	wb, err := ooxml.Open(path, ooxml.Options{})
	if err != nil {
		log.Fatal(err)
	}
	sheet := wb.Sheets()[0].Name
	at, _ := a1.ParseRef("K7")
	before, err := wb.Cell(sheet, at)
	if err != nil {
		log.Fatal(err)
	}
	if err := wb.Set(sheet, at, ooxml.TextValue("已与财政局核对")); err != nil {
		log.Fatal(err)
	}
	if err := wb.Save(); err != nil {
		log.Fatal(err)
	}

	wb, err = ooxml.Open(path, ooxml.Options{})
	if err != nil {
		log.Fatal(err)
	}
	after, err := wb.Cell(sheet, at)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(wb.Text(before) != wb.Text(after), wb.Text(after))
	// Output: true 已与财政局核对
}
