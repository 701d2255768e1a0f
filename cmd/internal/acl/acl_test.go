package acl_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/cmd/internal/acl"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func keys(t *testing.T) redisx.Keys {
	t.Helper()
	c, err := redisx.Open(redisx.Config{})
	must(t, err)
	defer c.Close()
	return c.Keys()
}

// all are one user of each role, named for it, with the password "word".
func all() (users []acl.User) {
	for _, role := range acl.Roles {
		users = append(users, acl.User{Name: role, Role: role, Hash: acl.HashOf("word")})
	}
	return users
}

// serve starts a server with an ACL file's users.
func serve(t *testing.T, file string) *redistest.TestServer {
	t.Helper()
	var users []string
	for line := range strings.Lines(file) {
		if user := strings.TrimPrefix(strings.TrimSpace(line), "user "); !strings.HasPrefix(user, "default") {
			users = append(users, user)
		}
	}
	return redistest.Start(t, redistest.Options{Users: users})
}

func dial(t *testing.T, s *redistest.TestServer, user string) *redisx.Client {
	t.Helper()
	c, err := redisx.Open(redisx.Config{Addrs: []string{s.Addr()}, Username: user,
		Password: func() string { return "word" }, Name: user})
	must(t, err)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// The matrix: every command the server knows, for every user. Red with "keys" added to
// the workstation on the server, with a right's key pattern widened there, with
// +eval, with publishing allowed everywhere, and with the feed's rights taken away:
// each is named below.
func TestMatrix(t *testing.T) {
	t.Parallel()
	k := keys(t)
	s := serve(t, acl.File(k, all()))
	report, err := acl.Check(t.Context(), dial(t, s, acl.Operations), k, all())
	must(t, err)
	if len(report.Holes) > 0 {
		t.Errorf("holes:\n%s", report)
	}
	if report.Commands < 350 || report.Asked < 2000 {
		t.Errorf("only %d questions over %d commands", report.Asked, report.Commands)
	}
	t.Log(report)
	for name, c := range map[string]struct {
		change []string
		want   string
	}{
		"one command more": {[]string{"workstation", "+keys"}, "workstation: keys: is not needed and allowed"},
		"all scripts":      {[]string{"gateway", "+eval"}, "gateway: eval: is not needed and allowed"},
		"all names":        {[]string{"workstation", "+evalsha"}, "workstation: evalsha: runs any script"},
		"a subcommand more": {[]string{"operations", "+config|get"},
			"operations: config|get: is not needed and allowed"},
		"keys of others": {[]string{"login", "(+get ~*)"},
			"login: get: reaches other, which it has no business with"},
		"channels of others":  {[]string{"gateway", "(+publish &*)"}, "gateway: publish: reaches other"},
		"keys of another use": {[]string{"gateway", "(+del ~wl:f:*)"}, "gateway: del: reaches wl:f:x"},
		"too little":          {[]string{"sentinel", "-slaveof"}, "sentinel: slaveof: is needed for watch and refused"},
		"a key too few":       {[]string{"replica", "-psync"}, "replica: psync: is needed"},
	} {
		must(t, raw(t, s, append([]string{"acl", "setuser"}, c.change...)...))
		report, err := acl.Check(t.Context(), dial(t, s, acl.Operations), k, all())
		must(t, err)
		if !strings.Contains(report.String(), c.want) {
			t.Errorf("%s: %.300s\nwant %s", name, report, c.want)
		}
		for _, u := range all() {
			if u.Name == c.change[0] {
				must(t, raw(t, s,
					append([]string{"acl", "setuser", u.Name, "reset"},
						strings.Fields(strings.TrimPrefix(u.Line(k), "user "+u.Name))...)...))
			}
		}
	}
	must(t, raw(t, s, "acl", "deluser", "login"))
	report, err = acl.Check(t.Context(), dial(t, s, acl.Operations), k, all())
	if err != nil || len(report.Holes) != 1 ||
		!strings.Contains(report.String(), "login: all: the server has no such user") {
		t.Errorf("without a user: %v %v", report, err)
	}
}

// raw sends one command as an administrator types it: selectors, which hold
// blanks, are put together again.
func raw(t *testing.T, s *redistest.TestServer, words ...string) error {
	t.Helper()
	var args []string
	for _, w := range words {
		if n := len(args); n > 0 && strings.HasPrefix(args[n-1], "(") && !strings.HasSuffix(args[n-1], ")") {
			args[n-1] += " " + w
			continue
		}
		args = append(args, w)
	}
	_, err := s.Do(args...)
	return err
}

// A whole station works as the workstation user, and the server refused it
// nothing.
func TestStationWorksAsWorkstation(t *testing.T) {
	t.Parallel()
	s := serve(t, acl.File(keys(t), all()))
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	record, err := records.Open(ctx, records.Options{Path: filepath.Join(t.TempDir(), "record.db")})
	must(t, err)
	defer record.Close()
	hash, err := argon2id.CreateHash("a long password",
		&argon2id.Params{Memory: 1024, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	must(t, err)
	must(t, record.PutWard(ctx, ward.Ward{ID: "4B", Name: "4B"}))
	must(t, record.PutBed(ctx, ward.Bed{Ward: "4B", Name: "01", State: ward.BedFree}))
	must(t, record.PutPatient(ctx,
		patient.Summary{Patient: patient.Patient{ID: "p1", Surname: "Okoye", MRN: "7001001"}, Ward: "4B", Bed: "01"}))
	must(t, record.PutStaff(ctx,
		staff.Staff{ID: "chen", Surname: "Chen", Role: staff.ChargeNurse, Wards: []string{"4B"}, Active: true}, hash))
	client := dial(t, s, acl.Workstation)
	st := station.New(station.Options{Name: "WS-1", Record: record, Client: client,
		NotFound: func(error) bool { return false }})
	w := st.Ward("4B")
	pictures := make(chan live.Picture, 100)
	w.OnPicture = func(p live.Picture) {
		select {
		case pictures <- p:
		default:
		}
	}
	running := make(chan struct{}, 2)
	life, end := context.WithCancel(ctx)
	go func() { st.Run(life); running <- struct{}{} }()
	go func() { w.Run(life); running <- struct{}{} }()
	defer func() { end(); <-running; <-running }()
	until := func(what string, ok func(live.Picture) bool) {
		t.Helper()
		for {
			select {
			case p := <-pictures:
				if ok(p) {
					return
				}
			case <-ctx.Done():
				t.Fatalf("not in time: %s", what)
			}
		}
	}
	until("the stream is heard", func(p live.Picture) bool { return p.Links.Hearing && len(p.Board.Rows) == 1 })
	if _, err := st.Staff.SignIn(ctx, "chen", "wrong"); err == nil {
		t.Error("a wrong password")
	}
	sess, err := st.Staff.SignIn(ctx, "chen", "a long password")
	must(t, err)
	m, err := st.Line.Raise(ctx, alert.Alert{Ward: "4B", Patient: "p1", Priority: alert.High, Text: "x"})
	must(t, err)
	until("the alert", func(p live.Picture) bool { return len(p.Cards) == 1 })
	_, err = st.Line.Accept(ctx, sess, alert.Read{Alert: m.Alert})
	must(t, err)
	must(t, client.Publish(ctx, live.Intake(client.Keys(), "4B"), []byte(`{"bed":"01","priority":"high","text":"y"}`)))
	until("the alert by intake", func(p live.Picture) bool { return len(p.Cards) >= 1 && p.Cards[0].Alert.Text == "y" })
	e, err := st.Desk("4B").Edit(ctx, sess, "4B", "p1", chart.Notes)
	must(t, err)
	until("who edits", func(p live.Picture) bool { return len(p.Board.Rows[0].Editing) == 1 })
	_, err = e.Save(ctx, map[string]string{"text": "n"}, chart.Entry{Note: &chart.Note{Text: "n"}})
	must(t, err)
	must(t, st.Staff.SignOut(ctx, sess))
	log, err := s.Do("acl", "log")
	if refused, ok := log.([]any); err != nil || !ok || len(refused) > 0 {
		t.Errorf("the server refused: %v %v", log, err)
	}
}

// Replicas and Sentinels do their work, a failover included, as the users of the
// file, refused nothing. Red without slaveof: no other primary.
func TestFailoverAsReplicaAndSentinel(t *testing.T) {
	t.Parallel()
	var users []string
	for _, u := range all() {
		users = append(users, strings.TrimPrefix(u.Line(keys(t)), "user "))
	}
	set := redistest.StartSentinels(t, 1, redistest.Options{Users: users,
		Replica:  redistest.Credentials{User: acl.Replica, Password: "word"},
		Sentinel: redistest.Credentials{User: acl.Sentinel, Password: "word"}})
	old := set.Primary(t)
	old.Kill()
	for end := time.Now().Add(15 * time.Second); set.Primary(t) == old; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("no other primary in 15 s")
		}
	}
	next := set.Primary(t)
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if role, err := next.Do("role"); err == nil && role.([]any)[0] == "master" {
			break
		} else if time.Now().After(end) {
			t.Fatalf("not promoted: %v %v", role, err)
		}
	}
	old.Restart(false)
	for _, s := range set.Servers {
		log, err := s.Do("acl", "log")
		if refused, ok := log.([]any); err != nil || !ok || len(refused) > 0 {
			t.Errorf("%s refused: %v %v", s.Addr(), log, err)
		}
	}
}
