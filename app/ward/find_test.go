package ward_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/ward"
)

func TestFind(t *testing.T) {
	all := []ward.Ward{{ID: "ICU", Code: "ICU", Site: "NORTH"}, {ID: "ICU~1", Code: "ICU", Site: "SOUTH"},
		{ID: "4B", Name: "4B Medicine"}, {ID: "内科", Code: "内科", Site: "OAK"}}
	for name, want := range map[string]string{"ICU@NORTH": "ICU", "ICU@SOUTH": "ICU~1", "ICU~1": "ICU~1", "4B": "4B",
		"4B@": "4B", "内科": "内科"} {
		if w, err := ward.Find(all, name); err != nil || w.ID != want {
			t.Errorf("%s: %+v %v", name, w, err)
		}
	}
	// The ID of the one is the code of both: neither is guessed.
	if _, err := ward.Find(all, "ICU"); !errors.Is(err, ward.ErrSeveral) ||
		!strings.Contains(err.Error(), "ICU of NORTH (ICU@NORTH) or ICU of SOUTH (ICU@SOUTH)") {
		t.Error(err)
	}
	if _, err := ward.Find(all, "4b"); !errors.Is(err, ward.ErrUnknown) {
		t.Error(err)
	}
}

// No two wards get one ID, whatever their codes; each is fit for keys and commands.
func TestNewID(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type key struct{ site, code string }
		ids := map[string]key{}
		for range rapid.IntRange(1, 12).Draw(t, "wards") {
			k := key{rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "site"),
				rapid.OneOf(rapid.StringN(1, 60, -1),
					rapid.StringMatching(`[A-C -]{1,4}|General Medicine [A-Z]{20,40}`)).Draw(t, "code")}
			known := false
			for _, had := range ids {
				known = known || had == k
			}
			if known {
				continue
			}
			id := ward.NewID(k.code, k.site, func(id string) bool { _, is := ids[id]; return is })
			if had, is := ids[id]; is {
				t.Fatalf("%q is %+v and %+v", id, had, k)
			}
			if id == "" || utf8.RuneCountInString(id) > 75 || strings.ContainsAny(id, " @{}:*?[]\\^%|/\"'") ||
				id[0] == '-' {
				t.Fatalf("%q of %+v", id, k)
			}
			ids[id] = k
		}
	})
}
