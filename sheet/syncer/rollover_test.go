package syncer_test

import (
	"taizhang/sheet/report/rollover"
	"taizhang/sheet/syncer"
)

func init() {
	syncer.NextYear = func(o syncer.Original, opt syncer.Options) ([]byte, error) {
		r, err := rollover.Make(o, o.Ledger.PastYear()+1, opt.Ledger)
		if err != nil {
			return nil, err
		}
		return r.Data, nil
	}
}
