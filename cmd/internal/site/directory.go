package site

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/directory"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/trust"
)

// DirectoryPassword names the secret with which this site looks people up in the
// hospital's directory.
const DirectoryPassword = "directory-password"

// Directory says where the hospital's directory is. With an address, it and not
// the record checks passwords.
//
//	[directory]
//	url = "ldaps://dc.example.org"
//	ca = "/etc/wardlight/ca.crt"
//	base = "DC=example,DC=org"
//	bind_dn = "CN=wardlight,OU=services,DC=example,DC=org"
//	user_filter = "(&(objectClass=user)(sAMAccountName=%s))"
//	id = "sAMAccountName"
//	roles = ["nurse: CN=Nurses,OU=groups,DC=example,DC=org"]
//	wards = ["4B: CN=Ward 4B,OU=groups,DC=example,DC=org"]
type Directory struct {
	URL         string   `toml:"url,omitempty"`
	CA          string   `toml:"ca,omitempty"`
	Server      string   `toml:"server_name,omitempty"`
	Base        string   `toml:"base,omitempty"`
	BindDN      string   `toml:"bind_dn,omitempty"`
	UserFilter  string   `toml:"user_filter,omitempty"`
	ID          string   `toml:"id,omitempty"`
	GroupBase   string   `toml:"group_base,omitempty"`
	GroupFilter string   `toml:"group_filter,omitempty"`
	Roles       []string `toml:"roles,omitempty"`
	Wards       []string `toml:"wards,omitempty"`
}

// OpenDirectory makes the site's directory, nil if it has none; it does not dial.
// Its address is told to nobody who asks for its password.
func (s *Site) OpenDirectory() (*directory.Directory, error) {
	c := s.Config.Directory
	if c.URL == "" {
		return nil, nil
	}
	text, err := os.ReadFile(c.CA)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTLS, err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%w: %s holds no certificate (PEM)", ErrTLS, c.CA)
	}
	set := c.settings()
	set.TLS = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: pool, ServerName: c.Server,
		VerifyConnection: trust.Strong}
	set.Secret = func(ctx context.Context) (string, error) {
		secret, err := s.Vault.Get(ctx, DirectoryPassword)
		if errors.Is(err, keyring.ErrNotFound) {
			return "", errors.New("the keyring has no directory-password: run `wardctl enroll`")
		}
		return secret, err
	}
	d, err := directory.New(set)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	return d, nil
}

// settings are those that stand in the configuration.
func (c Directory) settings() directory.Settings {
	set := directory.Settings{URL: c.URL, Base: c.Base, BindDN: c.BindDN, Filter: c.UserFilter, ID: c.ID,
		GroupBase: c.GroupBase, GroupFilter: c.GroupFilter, Roles: map[string]staff.Role{},
		Wards: map[string][]string{}}
	for _, line := range c.Roles {
		role, group, _ := strings.Cut(line, ":")
		set.Roles[strings.TrimSpace(group)] = staff.Role(strings.TrimSpace(role))
	}
	for _, line := range c.Wards {
		ward, group, _ := strings.Cut(line, ":")
		group = strings.TrimSpace(group)
		set.Wards[group] = append(set.Wards[group], strings.TrimSpace(ward))
	}
	return set
}

func checkDirectory(c Config) (string, string) {
	d := c.Directory
	if d.URL == "" {
		if d.Base != "" || d.BindDN != "" || len(d.Roles) > 0 {
			return "is missing, and other settings of the directory stand",
				`add directory.url = "ldaps://dc.example.org"`
		}
		return "", ""
	}
	if d.CA == "" {
		return "needs directory.ca", "without it there is no TLS, and without TLS no password goes there"
	}
	if len(d.Roles) == 0 {
		return "needs directory.roles", "without a group with a role nobody can sign in"
	}
	set := d.settings()
	set.TLS = &tls.Config{MinVersion: tls.VersionTLS12} // its authority is looked at elsewhere
	if _, err := directory.New(set); err != nil {
		return "and its settings cannot be used: " + strings.TrimPrefix(err.Error(),
			directory.ErrSettings.Error()+": "), "`wardctl config explain directory` shows an example of each"
	}
	return "", ""
}

func checkRoles(c Config) (string, string) {
	known := map[staff.Role]bool{}
	for _, r := range staff.Roles() {
		known[r] = true
	}
	for i, line := range c.Directory.Roles {
		role, group, ok := strings.Cut(line, ":")
		if !ok || strings.TrimSpace(group) == "" || !known[staff.Role(strings.TrimSpace(role))] {
			return fmt.Sprintf("entry %d is not \"role: group\"", i+1),
				`write "nurse: CN=Nurses,OU=groups,DC=example,DC=org"; roles are nurse, charge-nurse, care-assistant, doctor and it`
		}
	}
	return "", ""
}

func checkWards(c Config) (string, string) {
	for i, line := range c.Directory.Wards {
		if ward, group, ok := strings.Cut(line, ":"); !ok || strings.TrimSpace(ward) == "" ||
			strings.TrimSpace(group) == "" {
			return fmt.Sprintf("entry %d is not \"ward: group\"", i+1),
				`write "4B: CN=Ward 4B,OU=groups,DC=example,DC=org"`
		}
	}
	return "", ""
}
