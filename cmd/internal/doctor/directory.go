package doctor

import (
	"context"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/trust"
)

// directory binds as the station and reads the base: all that sign-in needs but
// the person.
func (v *visit) directory(ctx context.Context) {
	d, err := v.site.OpenDirectory()
	if err != nil {
		v.fail("directory", err.Error(), "correct the settings of the directory: `wardctl config explain directory`")
		return
	}
	if d == nil {
		return // passwords are the record's
	}
	began := time.Now()
	err = d.Check(ctx)
	took := time.Since(began)
	switch sentence := trust.Explain(err); {
	case sentence != "":
		v.fail("directory", "the directory: "+sentence, "nobody can sign in until it is trusted")
	case err != nil:
		v.fail("directory", err.Error(),
			"nobody can sign in: look at directory.url, directory.bind_dn and the secret directory-password (`wardctl enroll`)")
	case took > time.Second:
		v.warn("directory", fmt.Sprintf("the directory answers after %v", took.Round(time.Millisecond)),
			"sign-in waits for it: ask its keepers")
	default:
		v.ok("directory", fmt.Sprintf("binds and reads in %v", took.Round(time.Millisecond)))
	}
}
