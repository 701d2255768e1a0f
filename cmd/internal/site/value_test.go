package site

import (
	"reflect"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// What `wardctl config show` prints of a setting can be written into a file as it is, and
// says the same there. Seen red: lengths of time were printed as letters.
func TestEachSettingIsPrintedAsItIsWritten(t *testing.T) {
	for _, k := range Keys {
		for _, text := range []string{"", line(k.Name, k.Example)} {
			var c, again Config
			if err := toml.Unmarshal([]byte(text), &c); err != nil {
				t.Fatalf("%s: %v", k.Name, err)
			}
			shown := c.Value(k.Name)
			if shown == `"0s"` || strings.Contains(shown, "0m0s") || strings.ContainsRune(shown, '�') {
				t.Errorf("%s: %s", k.Name, shown)
			}
			if shown == `""` {
				continue // it is not set
			}
			if err := toml.Unmarshal([]byte(line(k.Name, shown)), &again); err != nil ||
				!reflect.DeepEqual(field(&c, k.Name).Interface(), field(&again, k.Name).Interface()) {
				if text != "" || shown != "[]" {
					t.Errorf("%s = %s: %v", k.Name, shown, err)
				}
			}
			if text != "" && shown != k.Example {
				t.Errorf("%s = %s, written %s", k.Name, shown, k.Example)
			}
		}
	}
}

func line(key, value string) string {
	section, name := "", key
	if i := strings.LastIndexByte(key, '.'); i >= 0 {
		section, name = "["+key[:i]+"]\n", key[i+1:]
	}
	return section + name + " = " + value + "\n"
}
