package directory_test

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/trust/trusttest"
)

// slapd is a real OpenLDAP server of one test, with its own data, on a free port
// of the loopback interface: ldap:// with StartTLS and ldaps://.
type slapd struct {
	tb          testing.TB
	ca          *trusttest.Authority
	plain, over string // URLs
	process     *exec.Cmd
}

const (
	base   = "dc=ward,dc=example"
	binder = "cn=station,dc=ward,dc=example"
	secret = "canary-bind-9d1"
)

// people: achen is in two groups, gone is disabled, ghost is in none, "twin" is
// twice there, and star's ID is made of what filters are made of.
const people = `dn: dc=ward,dc=example
objectClass: dcObject
objectClass: organization
o: ward
dc: ward

dn: cn=station,dc=ward,dc=example
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: station
userPassword: ` + secret + `

dn: ou=people,dc=ward,dc=example
objectClass: organizationalUnit
ou: people

dn: ou=more,dc=ward,dc=example
objectClass: organizationalUnit
ou: more

dn: ou=groups,dc=ward,dc=example
objectClass: organizationalUnit
ou: groups
%s
dn: cn=Nurses,ou=groups,dc=ward,dc=example
objectClass: groupOfNames
cn: Nurses
member: uid=achen,ou=people,dc=ward,dc=example
member: uid=gone,ou=people,dc=ward,dc=example
member: uid=twin,ou=people,dc=ward,dc=example
member: uid=twin,ou=more,dc=ward,dc=example
member: uid=a*(b)\5C,ou=people,dc=ward,dc=example

dn: cn=Charge,ou=groups,dc=ward,dc=example
objectClass: groupOfNames
cn: Charge
member: uid=achen,ou=people,dc=ward,dc=example

dn: cn=4B,ou=groups,dc=ward,dc=example
objectClass: groupOfNames
cn: 4B
member: uid=achen,ou=people,dc=ward,dc=example
`

func person(where, uid, sn, more string) string {
	return fmt.Sprintf("\ndn: uid=%s,ou=%s,%s\nobjectClass: inetOrgPerson\nobjectClass: account2\nuid: %s\ncn: x\nsn: %s\ngivenName: Amy\nuserPassword: right horse\n%s",
		strings.ReplaceAll(uid, `\`, `\5C`), where, base, uid, sn, more)
}

func start(t *testing.T, certificate func(*trusttest.Authority) tls.Certificate) *slapd {
	t.Helper()
	program, err := exec.LookPath("slapd")
	if err != nil {
		if program, err = exec.LookPath("/usr/sbin/slapd"); err != nil {
			t.Fatalf("%v: assets/setup/debian.sh test installs it", err)
		}
	}
	s := &slapd{tb: t, ca: trusttest.New(t, "hospital")}
	dir := t.TempDir()
	must(t, os.Mkdir(filepath.Join(dir, "data"), 0o700))
	cert, key, _ := trusttest.Files(t, dir, "", certificate(s.ca), s.ca)
	modules := "/usr/lib/ldap"
	conf := filepath.Join(dir, "slapd.conf")
	must(t, os.WriteFile(conf, []byte(`include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
objectclass ( 1.3.6.1.4.1.99999.1 NAME 'account2' SUP top AUXILIARY MAY userAccountControl )
modulepath `+modules+`
moduleload back_mdb
pidfile `+dir+`/slapd.pid
TLSCertificateFile `+cert+`
TLSCertificateKeyFile `+key+`
database mdb
suffix "`+base+`"
rootdn "cn=root,`+base+`"
directory `+dir+`/data
maxsize 16777216
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="`+binder+`" read by * none
`), 0o600))
	all := fmt.Sprintf(people, person("people", "achen", "Chen", "userAccountControl: 512\n")+
		person("people", "gone", "Gone", "userAccountControl: 514\n")+person("people", "ghost", "Ghost", "")+
		person("people", "twin", "Twin", "")+person("more", "twin", "Twin", "")+person("people", `a*(b)\`, "Star", ""))
	add := exec.Command(filepath.Join(filepath.Dir(program), "slapadd"), "-f", conf)
	add.Stdin = strings.NewReader(all)
	if out, err := add.CombinedOutput(); err != nil {
		t.Fatalf("slapadd: %v\n%s", err, out)
	}
	ports := free(t, 2)
	s.plain, s.over = "ldap://127.0.0.1:"+ports[0], "ldaps://127.0.0.1:"+ports[1]
	var log bytes.Buffer
	s.process = exec.Command(program, "-f", conf, "-h", s.plain+" "+s.over, "-d", "0")
	s.process.Stdout, s.process.Stderr = &log, &log
	must(t, s.process.Start())
	ended := make(chan struct{})
	go func() { _ = s.process.Wait(); close(ended) }()
	t.Cleanup(func() {
		_ = s.process.Process.Kill()
		<-ended
		if t.Failed() {
			t.Logf("slapd:\n%s", &log)
		}
	})
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		c, err := net.Dial("tcp", "127.0.0.1:"+ports[1])
		if err == nil {
			_ = c.Close()
			return s
		}
		if time.Now().After(end) {
			t.Fatalf("slapd does not answer: %v", err)
		}
	}
}

// free are ports that nobody has now.
func free(t *testing.T, n int) (out []string) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		must(t, err)
		defer l.Close() //nolint:errcheck // it served nobody
		_, port, _ := net.SplitHostPort(l.Addr().String())
		out = append(out, port)
	}
	return out
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
