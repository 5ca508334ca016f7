//go:build !unix

package usage

import (
	"os"
	"time"
)

func peak(*os.ProcessState) int64 { return 0 }

func self() time.Duration { return 0 }
