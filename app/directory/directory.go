// Package directory asks a hospital's directory (LDAP, Active Directory) who a
// person is, whether their password is right, and which groups they are in. It
// implements [staff.Passwords].
//
// A password is looked at by binding as the person, over TLS alone. What is typed
// as an ID is escaped before it stands in a filter; an empty password, which a
// server would take for nobody's and answer with success, never leaves the station.
package directory

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/go-ldap/ldap/v3"

	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/trust"
)

// Limit bounds one question, its connection included.
const Limit = 4 * time.Second

// ErrAway means that the directory cannot be asked: it does not answer, or not
// this station. The chain holds the reason of package trust where TLS is the cause.
var ErrAway = errors.New("directory: away")

// ErrSettings means that settings make no sense; the text says which.
var ErrSettings = errors.New("directory: settings")

// Settings say where the directory is and what its groups mean here.
type Settings struct {
	URL    string      // ldaps://host[:port], or ldap://host[:port] with StartTLS
	TLS    *tls.Config // RootCAs, MinVersion and VerifyConnection are the caller's
	Base   string      // below which people are
	BindDN string      // as whom people are looked for
	// Secret is asked for BindDN's password at each question.
	Secret func(ctx context.Context) (string, error)
	// Filter finds a person by "%s", the ID as typed: "(uid=%s)",
	// "(&(objectClass=user)(sAMAccountName=%s))".
	Filter string
	// ID, Surname and Given are the attributes that hold these.
	ID, Surname, Given string
	// GroupBase is below which groups are looked for by GroupFilter, with "%s" the
	// person's DN; "" leaves it at the person's own memberOf.
	GroupBase, GroupFilter string
	// Roles and Wards say what the members of a group (its DN) are and where.
	Roles map[string]staff.Role
	Wards map[string][]string
}

// Directory asks one directory. Safe for concurrent use: each question has a
// connection of its own, so that a password never stays on one.
type Directory struct {
	s      Settings
	groups []group
}

type group struct {
	dn    *ldap.DN
	role  staff.Role
	wards []string
}

// New checks settings. It does not dial.
func New(s Settings) (*Directory, error) {
	def := func(v *string, to string) {
		if *v == "" {
			*v = to
		}
	}
	def(&s.Filter, "(uid=%s)")
	def(&s.ID, "uid")
	def(&s.Surname, "sn")
	def(&s.Given, "givenName")
	def(&s.GroupFilter, "(member=%s)")
	d := &Directory{s: s}
	switch {
	case !strings.HasPrefix(s.URL, "ldaps://") && !strings.HasPrefix(s.URL, "ldap://"):
		return nil, fmt.Errorf("%w: the address begins with ldaps:// or ldap://", ErrSettings)
	case s.TLS == nil:
		return nil, fmt.Errorf("%w: without an authority there is no TLS, and without TLS no password", ErrSettings)
	case s.Base == "" || s.BindDN == "":
		return nil, fmt.Errorf("%w: base and bind DN are needed", ErrSettings)
	}
	for _, f := range []string{s.Filter, s.GroupFilter} {
		if strings.Count(f, "%s") != 1 || strings.Count(f, "%") != 1 {
			return nil, fmt.Errorf("%w: a filter holds %%s once: %s", ErrSettings, f)
		}
		if _, err := ldap.CompileFilter(strings.ReplaceAll(f, "%s", "x")); err != nil {
			return nil, fmt.Errorf("%w: %s is not a filter", ErrSettings, f)
		}
	}
	add := func(name string, role staff.Role, wards []string) error {
		dn, err := ldap.ParseDN(name)
		if err != nil || len(dn.RDNs) == 0 {
			return fmt.Errorf("%w: %q is not a group's DN", ErrSettings, name)
		}
		d.groups = append(d.groups, group{dn, role, wards})
		return nil
	}
	for name, role := range s.Roles {
		if err := add(name, role, nil); err != nil {
			return nil, err
		}
	}
	for name, wards := range s.Wards {
		if err := add(name, "", wards); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// Verify says who has this ID and password. [staff.ErrBadCredentials] covers a
// wrong or empty password, an ID that none or several have, an account that is
// disabled, and who is in no group with a role; anything else is [ErrAway].
func (d *Directory) Verify(ctx context.Context, id, password string) (staff.Staff, error) {
	if password == "" || id == "" {
		return staff.Staff{}, staff.ErrBadCredentials // an empty one would bind as nobody, with success
	}
	var who staff.Staff
	err := d.ask(ctx, func(c *ldap.Conn) error {
		e, err := d.find(c, id)
		if err != nil {
			return err
		}
		// Somebody who is not there costs the same questions, asked of no one.
		dn := "cn=" + ldap.EscapeDN(id) + ",ou=nobody-has-this," + d.s.Base
		known := false
		if e != nil {
			dn = e.DN
			if who, known, err = d.person(c, e); err != nil {
				return err
			}
		} else if _, err := d.memberships(c, dn, nil); err != nil {
			return err
		}
		if err := c.Bind(dn, password); err != nil {
			if refusal(err) {
				return staff.ErrBadCredentials
			}
			return err
		}
		if !known || !who.Active {
			return staff.ErrBadCredentials
		}
		return nil
	})
	if err != nil {
		return staff.Staff{}, err
	}
	return who, nil
}

// Find says who has this ID now, without a password; [staff.ErrUnknownStaff] if
// nobody with a role has.
func (d *Directory) Find(ctx context.Context, id string) (staff.Staff, error) {
	var who staff.Staff
	err := d.ask(ctx, func(c *ldap.Conn) error {
		e, err := d.find(c, id)
		if err != nil {
			return err
		}
		known := false
		if e != nil {
			who, known, err = d.person(c, e)
		}
		if err == nil && !known {
			err = staff.ErrUnknownStaff
		}
		return err
	})
	return who, err
}

// Check proves the link, the bind and the base, for IT.
func (d *Directory) Check(ctx context.Context) error {
	return d.ask(ctx, func(c *ldap.Conn) error {
		_, err := c.Search(ldap.NewSearchRequest(d.s.Base, ldap.ScopeBaseObject, ldap.NeverDerefAliases, 1,
			int(Limit.Seconds()), false, "(objectClass=*)", []string{"1.1"}, nil))
		return err
	})
}

// ask runs f on a connection that is bound as the station, within [Limit].
func (d *Directory) ask(ctx context.Context, f func(*ldap.Conn) error) error {
	ctx, cancel := context.WithTimeout(ctx, Limit)
	defer cancel()
	c, err := d.dial(ctx)
	if err == nil {
		defer c.Close()                                          //nolint:errcheck // it was only asked
		defer context.AfterFunc(ctx, func() { _ = c.Close() })() // the library knows no context
		if err = d.bind(ctx, c); err == nil {
			err = f(c)
		}
	}
	switch {
	case err == nil, errors.Is(err, staff.ErrBadCredentials), errors.Is(err, staff.ErrUnknownStaff):
		return err
	case ctx.Err() != nil:
		return fmt.Errorf("%w: %w", ErrAway, ctx.Err())
	}
	return fmt.Errorf("%w: %w", ErrAway, trust.Mark(err))
}

func (d *Directory) dial(ctx context.Context) (*ldap.Conn, error) {
	dialer := &net.Dialer{Timeout: Limit}
	if deadline, ok := ctx.Deadline(); ok {
		dialer.Deadline = deadline
	}
	c, err := ldap.DialURL(d.s.URL, ldap.DialWithTLSConfig(d.s.TLS.Clone()), ldap.DialWithDialer(dialer))
	if err != nil {
		return nil, err
	}
	c.SetTimeout(Limit)
	if strings.HasPrefix(d.s.URL, "ldap://") {
		settings := d.s.TLS.Clone()
		if settings.ServerName == "" {
			host := strings.TrimPrefix(d.s.URL, "ldap://")
			if h, _, err := net.SplitHostPort(host); err == nil {
				host = h
			}
			settings.ServerName = strings.Trim(host, "[]/")
		}
		if err := c.StartTLS(settings); err != nil {
			_ = c.Close()
			return nil, err
		}
	}
	return c, nil
}

func (d *Directory) bind(ctx context.Context, c *ldap.Conn) error {
	secret, err := d.s.Secret(ctx)
	if err != nil {
		return fmt.Errorf("the bind DN's password: %w", err)
	}
	if secret == "" {
		return errors.New("the bind DN has no password: enroll directory-password")
	}
	if err := c.Bind(d.s.BindDN, secret); err != nil {
		return fmt.Errorf("as the bind DN: %w", err)
	}
	return nil
}

// refusal reports whether a bind failed because of who binds, not of the link.
func refusal(err error) bool {
	return ldap.IsErrorAnyOf(err, ldap.LDAPResultInvalidCredentials, ldap.LDAPResultInvalidDNSyntax,
		ldap.LDAPResultNoSuchObject,
		ldap.LDAPResultInappropriateAuthentication, ldap.LDAPResultUnwillingToPerform,
		ldap.LDAPResultConstraintViolation,
		ldap.LDAPResultInsufficientAccessRights)
}

// find is the one entry that has the ID; nil if none has, or several.
func (d *Directory) find(c *ldap.Conn, id string) (*ldap.Entry, error) {
	filter := strings.ReplaceAll(d.s.Filter, "%s", ldap.EscapeFilter(id))
	got, err := c.Search(ldap.NewSearchRequest(d.s.Base, ldap.ScopeWholeSubtree, ldap.NeverDerefAliases, 2,
		int(Limit.Seconds()), false, filter, []string{d.s.ID, d.s.Surname, d.s.Given, "memberOf", "userAccountControl",
			"nsAccountLock", "pwdAccountLockedTime", "loginDisabled"}, nil))
	if err != nil && !ldap.IsErrorWithCode(err, ldap.LDAPResultSizeLimitExceeded) {
		return nil, err
	}
	if err != nil || len(got.Entries) != 1 {
		return nil, nil
	}
	return got.Entries[0], nil
}

// person is what an entry says here; known is false for who has no role.
func (d *Directory) person(c *ldap.Conn, e *ldap.Entry) (who staff.Staff, known bool, err error) {
	// Directories do not tell large letters from small ones in an ID: here it is one.
	who = staff.Staff{ID: strings.ToLower(e.GetAttributeValue(d.s.ID)), Surname: e.GetAttributeValue(d.s.Surname),
		Given: e.GetAttributeValue(d.s.Given), Active: !disabled(e), Wards: []string{}}
	in, err := d.memberships(c, e.DN, e.GetAttributeValues("memberOf"))
	if err != nil {
		return who, false, err
	}
	var roles []staff.Role
	for _, g := range d.groups {
		if !slices.ContainsFunc(in, g.dn.EqualFold) {
			continue
		}
		if g.role != "" {
			roles = append(roles, g.role)
		}
		who.Wards = append(who.Wards, g.wards...)
	}
	slices.Sort(who.Wards)
	who.Wards = slices.Compact(who.Wards)
	for _, r := range staff.Roles() { // who is in several groups is the first of these
		if slices.Contains(roles, r) {
			who.Role = r
			break
		}
	}
	return who, who.Role != "" && who.ID != "" && who.Surname != "", nil
}

// memberships are the groups of a DN: its own list and those found by GroupFilter.
func (d *Directory) memberships(c *ldap.Conn, dn string, own []string) ([]*ldap.DN, error) {
	if d.s.GroupBase != "" {
		got, err := c.Search(ldap.NewSearchRequest(d.s.GroupBase, ldap.ScopeWholeSubtree, ldap.NeverDerefAliases, 0,
			int(Limit.Seconds()), false, strings.ReplaceAll(d.s.GroupFilter, "%s", ldap.EscapeFilter(dn)),
			[]string{"1.1"}, nil))
		if err != nil {
			return nil, err
		}
		for _, e := range got.Entries {
			own = append(own, e.DN)
		}
	}
	var out []*ldap.DN
	for _, name := range own {
		if g, err := ldap.ParseDN(name); err == nil {
			out = append(out, g)
		}
	}
	return out, nil
}

// disabled reads the marks of the directories in use: Active Directory (bit 2 of
// userAccountControl), 389, OpenLDAP's password policy, eDirectory.
func disabled(e *ldap.Entry) bool {
	var uac int64
	_, _ = fmt.Sscan(e.GetAttributeValue("userAccountControl"), &uac)
	return uac&2 != 0 || strings.EqualFold(e.GetAttributeValue("nsAccountLock"), "true") ||
		e.GetAttributeValue("pwdAccountLockedTime") != "" ||
		strings.EqualFold(e.GetAttributeValue("loginDisabled"), "true")
}
