package live

import (
	"os"
	"testing"

	"go.uber.org/goleak"

	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/redisx"
)

func TestMain(m *testing.M) {
	if os.Getenv(childRedis) != "" {
		child()
		return
	}
	redisx.LogTo(recordtest.Quiet)
	code := recordtest.Main(m)
	if code == 0 {
		if err := goleak.Find(); err != nil {
			println(err.Error())
			code = 1
		}
	}
	os.Exit(code)
}
