import { describe, expect, it } from 'vitest';
import { AddressRules } from './address-rules.ts';

const rules = new AddressRules([]);

describe('AddressRules', () => {
  it.each([
    '127.0.0.1',
    'localhost',
    '10.0.0.5',
    '192.168.1.20',
    '172.16.3.4',
    '[::1]',
    'fd12::1',
    '203.0.113.9',
    'camera.example.com',
    '2002:0a00:0001::',
  ])('lets a source name %s', (host) => {
    expect(rules.refusalOfHost(host)).toBeNull();
  });

  it.each([
    '169.254.169.254',
    '169.254.1.1',
    '[fe80::1]',
    'fe80::1%eth0',
    '[fd00:ec2::254]',
    '::ffff:169.254.169.254',
    '[::ffff:a9fe:a9fe]',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::1',
    '100.100.100.200',
    '0.0.0.0',
    '[::]',
    '224.0.0.1',
    '255.255.255.255',
    'ff02::1',
    'metadata.google.internal',
    'METADATA.google.internal.',
  ])('refuses %s', (host) => {
    expect(rules.refusalOfHost(host)).toMatch(/link-local, metadata or multicast/);
  });

  it('makes the exceptions that the operator listed, and no other', () => {
    const lenient = new AddressRules(['169.254.7.7', 'Metadata']);
    expect(lenient.refusalOfHost('169.254.7.7')).toBeNull();
    expect(lenient.refusalOfAddress('169.254.7.7')).toBeNull();
    expect(lenient.refusalOfHost('metadata')).toBeNull();
    expect(lenient.refusalOfHost('169.254.7.8')).not.toBeNull();
  });
});
