package site

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// PolicyName is the file of the computer's policy in [MachineDir], on Linux and
// macOS: it has the last word.
const PolicyName = "policy.toml"

// PolicyKey is where Windows keeps the computer's policy, as group policy writes
// it and administrators alone may. Its values have the settings' own names
// ("redis.addrs"): a text or a time is a REG_SZ, true or false a REG_DWORD of 1
// or 0, a list a REG_MULTI_SZ.
const PolicyKey = `HKLM\Software\Policies\Wardlight`

// policy is what the computer's policy says, where it is no file.
type policy interface {
	// values returns each value by its name: a string, a []string, a uint64, or
	// nil for one of a kind that no setting has. No policy is no values.
	values() (map[string]any, error)
}

// noPolicy is that of a system whose policy is a file.
type noPolicy struct{}

func (noPolicy) values() (map[string]any, error) { return nil, nil }

// readPolicy puts a policy over all files.
func (l *layers) readPolicy(p policy) error {
	values, err := p.values()
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrConfig, PolicyKey, err)
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		source := Source{Policy, PolicyKey, -1}
		s := setting{name, source}
		key := lookup(name)
		if key == nil {
			return s.unknown()
		}
		text, problem := policyText(key.Type, values[name])
		if problem != "" {
			return s.wrong(problem, "for example "+key.Example)
		}
		if err := l.take(source, []byte(name+" = "+text)); err != nil {
			return err
		}
	}
	return nil
}

// policyText is a value as TOML writes it, or what is wrong with it.
func policyText(kind string, value any) (text, problem string) {
	switch v := value.(type) {
	case string:
		if kind != aList && kind != aFlag {
			return quoted(v), ""
		}
	case []string:
		if kind == aList {
			all := make([]string, len(v))
			for i, s := range v {
				all[i] = quoted(s)
			}
			return "[" + strings.Join(all, ", ") + "]", ""
		}
	case uint64:
		if kind == aFlag && v <= 1 {
			return fmt.Sprint(v == 1), ""
		}
	}
	switch kind {
	case aList:
		return "", "must be a list of texts, a REG_MULTI_SZ"
	case aFlag:
		return "", "must be true or false, a REG_DWORD of 1 or 0"
	}
	return "", "must be a text, a REG_SZ"
}

// quoted is a text as TOML writes it, whatever is in it.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
