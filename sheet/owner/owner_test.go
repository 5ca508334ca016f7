package owner

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// excelOwnerFile is an owner file as Excel on Windows lays it down: 165 bytes.
func excelOwnerFile(ansi []byte, name string) []byte {
	data := make([]byte, 165)
	for i := range data[:55] {
		data[i] = ' '
	}
	data[0] = byte(len(ansi))
	copy(data[1:], ansi)
	units := utf16.Encode([]rune(name))
	data[55], data[56] = byte(len(units)), 0
	for i := range (165 - 57) / 2 {
		u := uint16(' ')
		if i < len(units) {
			u = units[i]
		}
		data[57+2*i], data[58+2*i] = byte(u), byte(u>>8)
	}
	return data
}

func TestOwner(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte("张三"))
	if err != nil {
		t.Fatal(err)
	}
	cut := excelOwnerFile(gbk, "张三")[:55]
	for name, c := range map[string]struct {
		book, owner string
		data        []byte
		want        Holder
	}{
		"Excel": {"台账.xlsx", "~$台账.xlsx", excelOwnerFile(gbk, "张三"), Holder{"张三", "Excel", ""}},
		"Excel, UTF-16 at 57": {"台账.xlsx", "~$台账.xlsx", excelOwnerFile([]byte("??"), "张三"),
			Holder{"张三", "Excel", ""}},
		"Excel, ANSI part only": {"台账.xlsx", "~$台账.xlsx", cut, Holder{"张三", "Excel", ""}},
		"Excel, long name": {"政务公开工作台账.xlsx", "~$公开工作台账.xlsx", excelOwnerFile(gbk, "张三"),
			Holder{"张三", "Excel", ""}},
		"Excel, empty file": {"a.xlsx", "~$a.xlsx", nil, Holder{"", "Excel", ""}},
		"Excel, lengths that lie": {"a.xlsx", "~$a.xlsx", append([]byte{200}, make([]byte, 54)...),
			Holder{"", "Excel", ""}},
		"WPS": {"a.xlsx", ".~a.xlsx", excelOwnerFile([]byte("li"), "li"), Holder{"li", "WPS", ""}},
		"LibreOffice": {"a.xlsx", ".~lock.a.xlsx#", []byte("王五,wang,pc-1,22.06.2022 10:15,file:///home/wang;"),
			Holder{"王五", "LibreOffice", ""}},
		"LibreOffice, escapes": {"a.xlsx", ".~lock.a.xlsx#", []byte(`Wang\, Wu\;\\,wang,pc-1,22.06.2022 10:15,x;`),
			Holder{`Wang, Wu;\`, "LibreOffice", ""}},
		"LibreOffice, no name": {"a.xlsx", ".~lock.a.xlsx#", []byte(",wang,pc-1,22.06.2022 10:15,x;"),
			Holder{"wang@pc-1", "LibreOffice", ""}},
		"control characters": {"a.xlsx", ".~lock.a.xlsx#", []byte("\x1b[31mred\x07\u202e,x,y,z;"),
			Holder{"[31mred", "LibreOffice", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			book := filepath.Join(dir, c.book)
			os.WriteFile(book, nil, 0o600)
			if o, ok := Of(book); ok {
				t.Fatalf("nobody has it open, yet %+v", o)
			}
			c.want.File = filepath.Join(dir, c.owner)
			os.WriteFile(c.want.File, c.data, 0o600)
			if o, ok := Of(book); !ok || o != c.want {
				t.Errorf("got %+v %v, want %+v", o, ok, c.want)
			}
		})
	}
}

// The owner file of a neighbour whose name is the rest of ours is not taken for
// ours.
func TestOwnerOfANeighbour(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"我的台账.xlsx", "台账.xlsx"} {
		os.WriteFile(filepath.Join(dir, name), nil, 0o600)
	}
	os.WriteFile(filepath.Join(dir, "~$台账.xlsx"), excelOwnerFile([]byte("x"), "x"), 0o600)
	if o, ok := Of(filepath.Join(dir, "我的台账.xlsx")); ok {
		t.Errorf("got %+v", o)
	}
	if _, ok := Of(filepath.Join(dir, "台账.xlsx")); !ok {
		t.Error("the neighbour is open")
	}
}
