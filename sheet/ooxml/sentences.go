package ooxml

import (
	"errors"

	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/offcrypto"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/rowmove"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/zipfile"
)

// limitTexts say what there is too much of.
var limitTexts = map[sheetxml.Excess]string{
	sheetxml.TooManyCells: "ooxml.too_many_cells", sheetxml.TooManyFilled: "ooxml.too_many_filled",
	sheetxml.TooMuchText:   "ooxml.too_much_text",
	sheetxml.TooManyRanges: "ooxml.too_many_ranges", sheetxml.TooManyStrings: "ooxml.too_many_strings",
	sheetxml.TooMuchShared: "ooxml.too_much_shared_text",
	bookxml.TooManySheets:  "ooxml.too_many_sheets", bookxml.TooManyNames: "ooxml.too_many_names",
}

// obstacleTexts say what keeps things from following the rows, obstacleArgs what each of
// them calls the thing that stands in the way.
var (
	obstacleTexts = map[rowmove.Why]string{
		rowmove.Unordered: "ooxml.unsafe_order", rowmove.Full: "ooxml.unsafe_full",
		rowmove.TornMerge: "ooxml.unsafe_merge",
		rowmove.TornArray: "ooxml.unsafe_array", rowmove.TornBeside: "ooxml.unsafe_beside",
		rowmove.PivotTable: "ooxml.unsafe_pivot",
		rowmove.Object:     "ooxml.unsafe_object", rowmove.Formula: "ooxml.unsafe_3d",
		rowmove.EmptyTable: "ooxml.extract_table",
	}
	obstacleArgs = map[rowmove.Why]string{
		rowmove.TornMerge: "Range", rowmove.TornArray: "Range", rowmove.Object: "Object", rowmove.Formula: "Formula",
		rowmove.EmptyTable: "Sheet",
	}
)

func obstacleText(e *rowmove.Obstacle) msg.Text {
	if arg := obstacleArgs[e.Why]; arg != "" {
		return msg.New(obstacleTexts[e.Why], arg, e.What)
	}
	return msg.New(obstacleTexts[e.Why])
}

// zipError makes a sentence of what the zip file under a workbook answered.
func zipError(file string, err error) error {
	var damage *zipfile.DamageError
	var limit *zipfile.LimitError
	switch {
	case errors.Is(err, zipfile.ErrTruncated):
		return &msg.Error{Class: ErrDamaged, Text: msg.New("ooxml.truncated", "File", file),
			Hint: msg.New("ooxml.hint_again")}
	case errors.As(err, &limit):
		return tooLarge(file, limit.Part, limit.Limit)
	case errors.As(err, &damage):
		return damaged(file, damage.Part, damage.Err)
	}
	return err
}

// lockError makes a sentence of why an encrypted workbook does not open.
func lockError(file string, err error) error {
	switch {
	case errors.Is(err, offcrypto.ErrNoPassword):
		return &msg.Error{Class: ErrEncrypted, Text: msg.New("ooxml.encrypted", "File", file),
			Hint: msg.New("ooxml.hint_password")}
	case errors.Is(err, offcrypto.ErrPassword):
		return &msg.Error{Class: ErrPassword, Text: msg.New("ooxml.wrong_password", "File", file),
			Hint: msg.New("ooxml.hint_password")}
	case errors.Is(err, offcrypto.ErrCipher):
		return &msg.Error{Class: ErrDamaged, Text: msg.New("ooxml.cannot_decrypt", "File", file),
			Hint: msg.New("ooxml.hint_decrypt"), Err: err}
	case errors.Is(err, offcrypto.ErrForged):
		return damaged(file, offcrypto.PackageStream, err)
	}
	return damaged(file, "", err)
}

// damagedPart says that a part of the package cannot be read. An err that is
// already a sentence stays as it is.
func (w *Workbook) damagedPart(part string, err error) error {
	var said *msg.Error
	if errors.As(err, &said) {
		return err
	}
	var of *opc.PartError
	if errors.As(err, &of) {
		part, err = of.Part, of.Err
	}
	if told := zipError(w.path, err); told != err {
		return told
	}
	var limit *sheetxml.LimitError
	if errors.As(err, &limit) {
		return &msg.Error{
			Class: ErrTooLarge,
			Text:  msg.New(limitTexts[limit.What], "File", w.path, "Sheet", "", "Limit", limit.Limit),
			Hint:  msg.New("ooxml.hint_too_large"),
		}
	}
	var entity *xmlpart.EntityError
	if errors.As(err, &entity) {
		return &msg.Error{
			Class: ErrTooLarge,
			Text:  msg.New("ooxml.entities", "File", w.path, "Part", part),
			Hint:  msg.New("ooxml.hint_entities"),
			Err:   err,
		}
	}
	return damaged(w.path, part, err)
}

// say makes a sentence of an error that is none yet.
func (w *Workbook) say(err *error) {
	var said *msg.Error
	if *err != nil && !errors.As(*err, &said) {
		*err = w.sentence(*err)
	}
}

// sentence says what was found by those who do not know the file's name.
func (w *Workbook) sentence(err error) error {
	var of *opc.PartError
	var noCells *bookxml.NoCellsError
	var lost *bookxml.LostSheetError
	var sheet *bookxml.SheetError
	var twice *sheetxml.RowTwiceError
	var obstacle *rowmove.Obstacle
	switch {
	case errors.Is(err, bookxml.ErrNoBook):
		return &msg.Error{Class: ErrNotWorkbook, Text: msg.New("ooxml.no_workbook_part", "File", w.path),
			Hint: msg.New("ooxml.hint_save_as")}
	case errors.As(err, &obstacle):
		return w.cannotExtract(obstacleText(obstacle))
	case errors.As(err, &noCells):
		return w.cannotEdit(noCells.Sheet)
	case errors.As(err, &lost):
		return &msg.Error{Class: ErrDamaged, Text: msg.New("ooxml.sheet_missing", "File", w.path, "Sheet", lost.Sheet),
			Hint: msg.New("ooxml.hint_repair")}
	case errors.As(err, &sheet) && errors.As(err, &twice):
		return &msg.Error{
			Class: ErrUnsafe,
			Text:  msg.New("ooxml.row_twice", "File", w.path, "Sheet", sheet.Sheet, "Row", twice.Row),
			Hint:  msg.New("ooxml.hint_repair"),
		}
	case errors.As(err, &of):
		return w.damagedPart(of.Part, of.Err)
	}
	return zipError(w.path, err)
}

func damaged(file, part string, err error) error {
	text := msg.New("ooxml.damaged", "File", file)
	if part != "" {
		text = msg.New("ooxml.part_damaged", "File", file, "Part", part)
	}
	return &msg.Error{Class: ErrDamaged, Text: text, Hint: msg.New("ooxml.hint_repair"), Err: err}
}

func tooLarge(file, part string, limit int64) error {
	text := msg.New("ooxml.too_large", "File", file, "Limit", limit)
	if part != "" {
		text = msg.New("ooxml.too_large_part", "File", file, "Part", part, "Limit", limit)
	}
	return &msg.Error{Class: ErrTooLarge, Text: text, Hint: msg.New("ooxml.hint_too_large")}
}
