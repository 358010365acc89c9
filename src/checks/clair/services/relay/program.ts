/** The port on which Clair reaches the relay. */
export const RELAY_PORT = 8080

/** How many bytes of one connection may be sent but not acknowledged, and how many fit into one frame. */
export const WINDOW_BYTES = 2 ** 20
export const MAX_FRAME_BYTES = 2 ** 16

/**
 * The relay's program. It needs perl 5.14 with what every perl has (Socket, IO::Handle, Errno): Debian's perl-base,
 * which is essential, so that each image on Debian has it.
 *
 * Standard input and output carry frames: a kind, the connection's number, a length, and as many bytes. R: the relay is
 * ready. N: someone has connected, from this address. C: connect to this address and port. D: data. A: so many bytes
 * were passed on, so as many more may be sent. X: closed, with the reason if it is an error. Whoever sends keeps within
 * the window of each connection, so that nothing waits for a slow one, and memory is bounded. Standard input is read
 * whatever happens: an engine may not fetch output before its input is accepted.
 */
export const RELAY_PROGRAM = String.raw`
use strict;
use Socket qw(:DEFAULT IPPROTO_TCP TCP_NODELAY);
use IO::Handle;
use Errno qw(EAGAIN EINPROGRESS EINTR);

my ($port, $window, $piece) = @ARGV;
my $most = 512; # connections at a time; others wait until the kernel's queue is full
my ($in, $out, $last, %all) = ('', '', 1);
$SIG{PIPE} = 'IGNORE';

socket(my $listener, PF_INET, SOCK_STREAM, 0) or die "socket: $!\n";
setsockopt($listener, SOL_SOCKET, SO_REUSEADDR, 1);
bind($listener, sockaddr_in($port, INADDR_ANY)) or die "bind: $!\n";
listen($listener, 128) or die "listen: $!\n";
$_->blocking(0) for $listener, \*STDOUT;

sub frame {
  my ($kind, $id, $bytes) = @_;
  $out .= pack('aNN', $kind, $id, length $bytes) . $bytes;
}

sub add {
  my ($id, $socket, $dialing) = @_;
  $socket->blocking(0);
  setsockopt($socket, IPPROTO_TCP, TCP_NODELAY, 1);
  $all{$id} = { socket => $socket, dialing => $dialing, out => '', credit => $window, ending => 0 };
}

sub lost {
  my ($id, $why) = @_;
  close((delete $all{$id})->{socket});
  frame('X', $id, $why);
}

sub dial {
  my ($id, $host, $to) = @_;
  socket(my $socket, PF_INET, SOCK_STREAM, 0) or die "socket: $!\n";
  add($id, $socket, 1);
  connect($socket, sockaddr_in($to, inet_aton($host))) or $!{EINPROGRESS} or lost($id, "$!");
}

sub received {
  while (length $in >= 9) {
    my ($kind, $id, $length) = unpack('aNN', $in);
    last if length $in < 9 + $length;
    substr($in, 0, 9, '');
    my $bytes = substr($in, 0, $length, '');
    my $one = $all{$id};
    if ($kind eq 'C') { dial($id, split / /, $bytes) }
    elsif (!$one) { next } # closed here while this was on its way
    elsif ($kind eq 'D') { $one->{out} .= $bytes }
    elsif ($kind eq 'A') { $one->{credit} += unpack('N', $bytes) }
    elsif ($kind eq 'X') { $one->{ending} = 1 }
  }
}

sub writable {
  my ($id, $one) = @_;
  if ($one->{dialing}) {
    my $error = unpack('i', getsockopt($one->{socket}, SOL_SOCKET, SO_ERROR));
    if ($error) { $! = $error; return lost($id, "$!") }
    $one->{dialing} = 0;
  }
  return unless length $one->{out};
  my $sent = syswrite($one->{socket}, $one->{out}, $window);
  if (!defined $sent) { return $!{EAGAIN} || $!{EINTR} || lost($id, "$!") }
  substr($one->{out}, 0, $sent, '');
  frame('A', $id, pack('N', $sent));
}

sub readable {
  my ($id, $one) = @_;
  my $size = $one->{credit} < $piece ? $one->{credit} : $piece;
  my $got = sysread($one->{socket}, my $bytes, $size);
  if (!defined $got) { return $!{EAGAIN} || $!{EINTR} || lost($id, "$!") }
  if (!$got) { return lost($id, '') }
  $one->{credit} -= $got;
  frame('D', $id, $bytes);
}

frame('R', 0, '');
while (1) {
  my ($r, $w) = ('', '');
  vec($r, 0, 1) = 1;
  vec($r, fileno $listener, 1) = 1 if keys %all < $most;
  vec($w, 1, 1) = 1 if length $out;
  for my $one (values %all) {
    my $number = fileno $one->{socket};
    vec($r, $number, 1) = 1 if !$one->{dialing} && $one->{credit} > 0 && length $out < $window;
    vec($w, $number, 1) = 1 if $one->{dialing} || length $one->{out};
  }
  next if select($r, $w, undef, undef) < 0;

  if (vec($w, 1, 1)) {
    my $sent = syswrite(STDOUT, $out, $piece);
    if (defined $sent) { substr($out, 0, $sent, '') }
    elsif (!$!{EAGAIN} && !$!{EINTR}) { exit 1 }
  }
  my %before = %all;
  for my $id (keys %before) {
    my $number = fileno $before{$id}{socket};
    writable($id, $before{$id}) if vec($w, $number, 1);
    readable($id, $before{$id}) if $all{$id} && vec($r, $number, 1);
  }
  if (vec($r, fileno $listener, 1)) {
    while (keys %all < $most && (my $peer = accept(my $socket, $listener))) {
      add($last += 2, $socket, 0);
      frame('N', $last, inet_ntoa((sockaddr_in($peer))[1]));
    }
  }
  if (vec($r, 0, 1)) {
    my $got = sysread(STDIN, $in, $window, length $in);
    exit 0 if defined $got && !$got; # whoever started us has gone
    received();
  }
  for my $id (keys %all) {
    close((delete $all{$id})->{socket}) if $all{$id}{ending} && !length $all{$id}{out} && !$all{$id}{dialing};
  }
}
`
