package tui

import (
	"fmt"
	"os"
	"testing"
)

func TestLook(t *testing.T) {
	if os.Getenv("LOOK") == "" {
		t.Skip()
	}
	var w, h int
	fmt.Sscanf(os.Getenv("LOOK"), "%dx%d", &w, &h)
	d := newDesk(t, sample(30), Options{NoColor: true, Lang: "zh"}, w, h)
	for i := 1; i <= 6; i++ {
		d.keys(fmt.Sprint(i))
		fmt.Println(d.screen())
	}
	d.keys("2", "enter")
	fmt.Println(d.screen())
	d.keys("esc", "f9")
	fmt.Println(d.screen())
	d.keys("esc", "esc", "f8")
	fmt.Println(d.screen())
}
