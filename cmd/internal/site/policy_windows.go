package site

import (
	"errors"

	"golang.org/x/sys/windows/registry"
)

func computerPolicy() policy { return registered{} }

// registered is the policy in the registry, in the view that group policy writes.
type registered struct{}

func (registered) values() (map[string]any, error) {
	k, err := registry.OpenKey(registry.LOCAL_MACHINE, `Software\Policies\Wardlight`,
		registry.QUERY_VALUE|registry.WOW64_64KEY)
	if errors.Is(err, registry.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	defer k.Close() //nolint:errcheck // it was only read
	names, err := k.ReadValueNames(-1)
	if err != nil {
		return nil, err
	}
	values := map[string]any{}
	for _, name := range names {
		_, kind, err := k.GetValue(name, nil)
		if err != nil {
			return nil, err
		}
		values[name] = nil
		switch kind {
		case registry.SZ:
			values[name], _, err = k.GetStringValue(name)
		case registry.MULTI_SZ:
			values[name], _, err = k.GetStringsValue(name)
		case registry.DWORD, registry.QWORD:
			values[name], _, err = k.GetIntegerValue(name)
		}
		if err != nil {
			return nil, err
		}
	}
	return values, nil
}
