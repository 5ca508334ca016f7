package print

import "runtime"

// Version shows which build of the program this is.
func (p *Printer) Version(name string) error {
	if p.AsJSON {
		return p.JSON(struct {
			Version string `json:"version"`
			Go      string `json:"go"`
			OS      string `json:"os"`
			Arch    string `json:"arch"`
		}{name, runtime.Version(), runtime.GOOS, runtime.GOARCH})
	}
	p.Line("taizhang " + name + " " + runtime.GOOS + "/" + runtime.GOARCH + " " + runtime.Version())
	return nil
}
