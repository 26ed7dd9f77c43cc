/** The buildings that the company runs. */
export type Building = 'harborHouse' | 'pierNineLofts' | 'beaconCourt'

/** The access systems of the demo, by which the rest of it names them. */
export type SystemName = 'saltoKs' | 'visionline' | 'latch' | 'brivo' | 'hid'

type Opening = 'mobile' | 'card' | 'code'

type SystemPlan = {
  displayName: string
  externalType:
    | 'salto_ks_site'
    | 'visionline_system'
    | 'latch_building'
    | 'brivo_account'
    | 'hid_credential_manager_organization'
  isCredentialManager?: boolean
  /** How its doors open. */
  opensWith: Opening[]
  /** Doors that several people share. */
  sharedEntrances: string[]
  /** Doors of one home each. */
  homes: string[]
}

/** The five access systems. A credential manager has no doors of its own. */
export const systemPlans: Record<SystemName, SystemPlan> = {
  saltoKs: {
    displayName: 'Harbor House — Salto KS',
    externalType: 'salto_ks_site',
    opensWith: ['mobile', 'code'],
    sharedEntrances: [
      'Lobby – Tower A',
      'Lobby – Tower B',
      'Garage – vehicle gate',
      'Garage – pedestrian door',
      'Elevator A1',
      'Elevator A2',
      'Elevator B1',
      'Gym',
      'Pool deck',
      'Roof terrace',
      'Mail room',
      'Package room',
      'Bike storage',
      'Staff room',
      'Boiler room',
    ],
    homes: [
      'A-302',
      'A-407',
      'A-511',
      'A-604',
      'A-803',
      'A-1102',
      'B-204',
      'B-309',
      'B-412',
      'B-506',
      'B-701',
      'B-905',
    ],
  },
  visionline: {
    displayName: 'Harbor House — Visionline',
    externalType: 'visionline_system',
    opensWith: ['card', 'mobile'],
    sharedEntrances: [
      'Guest entrance',
      'Elevator reader – Tower A',
      'Elevator reader – Tower B',
      'Sky lounge',
      'Conference room',
      'Spa',
      'Linen store',
    ],
    homes: ['Suite 1', 'Suite 2', 'Suite 3', 'Suite 4', 'Suite 5', 'Suite 6', 'Suite 7', 'Suite 8'],
  },
  latch: {
    displayName: 'Pier 9 Lofts — Latch',
    externalType: 'latch_building',
    opensWith: ['mobile', 'code'],
    sharedEntrances: ['Front door', 'Waterside door', 'Garage', 'Elevator', 'Gym', 'Laundry', 'Roof deck'],
    homes: ['Loft 101', 'Loft 104', 'Loft 203', 'Loft 206', 'Loft 302', 'Loft 305', 'Loft 401', 'Loft 404', 'Loft 501'],
  },
  brivo: {
    displayName: 'Beacon Court — Brivo',
    externalType: 'brivo_account',
    opensWith: ['card', 'mobile'],
    sharedEntrances: [
      'Main entrance',
      'Courtyard gate',
      'Loading dock',
      'Garage – level 1',
      'Garage – level 2',
      'Elevator north',
      'Elevator south',
      'Fitness center',
      'Coworking lounge',
      'Leasing office',
      'Server room',
      'Storage cages',
    ],
    homes: [
      'Unit 12',
      'Unit 15',
      'Unit 21',
      'Unit 24',
      'Unit 33',
      'Unit 38',
      'Unit 41',
      'Unit 46',
      'Unit 52',
      'Unit 57',
    ],
  },
  hid: {
    displayName: 'Harborview Living — HID Mobile Access',
    externalType: 'hid_credential_manager_organization',
    isCredentialManager: true,
    opensWith: ['mobile'],
    sharedEntrances: [],
    homes: [],
  },
}

/** In the order in which they were connected. */
export const systemNames: SystemName[] = ['saltoKs', 'visionline', 'latch', 'brivo', 'hid']

/** How likely somebody of a building is known to each access system: neighbours share gym, pool and garage. */
export const presence: Record<Building, Record<SystemName, number>> = {
  harborHouse: { saltoKs: 0.97, visionline: 0.8, latch: 0.06, brivo: 0.6, hid: 0.92 },
  pierNineLofts: { saltoKs: 0.42, visionline: 0.1, latch: 0.97, brivo: 0.75, hid: 0.9 },
  beaconCourt: { saltoKs: 0.5, visionline: 0.25, latch: 0.06, brivo: 0.97, hid: 0.9 },
}

/** Access systems that stand in a building, the main one first. */
export const systemOfBuilding: Record<Building, SystemName> = {
  harborHouse: 'saltoKs',
  pierNineLofts: 'latch',
  beaconCourt: 'brivo',
}

export type GroupPurpose =
  | { kind: 'residents'; building: Building; tower?: 'A' | 'B' }
  | { kind: 'neighbours'; share: number }
  | { kind: 'residentsWith'; share: number }
  | { kind: 'staff'; share: number }
  | { kind: 'contractors'; share: number }
  | { kind: 'service' }

type GroupPlan = {
  system: SystemName
  name: string
  purpose: GroupPurpose
  entrances: string[] | 'all shared'
}

const harborLobbyA = ['Lobby – Tower A', 'Elevator A1', 'Elevator A2', 'Mail room', 'Package room']
const harborLobbyB = ['Lobby – Tower B', 'Elevator B1', 'Mail room', 'Package room']
const beaconCommon = ['Main entrance', 'Courtyard gate', 'Elevator north', 'Elevator south']

/** The access groups, in the two vendors' systems that have such groups. */
export const groupPlans: GroupPlan[] = [
  group('saltoKs', 'Residents – Tower A', { kind: 'residents', building: 'harborHouse', tower: 'A' }, harborLobbyA),
  group('saltoKs', 'Residents – Tower B', { kind: 'residents', building: 'harborHouse', tower: 'B' }, harborLobbyB),
  group('saltoKs', 'Garage – residents', { kind: 'residentsWith', share: 0.45 }, [
    'Garage – vehicle gate',
    'Garage – pedestrian door',
  ]),
  group('saltoKs', 'Gym and pool', { kind: 'residentsWith', share: 0.6 }, ['Gym', 'Pool deck']),
  group('saltoKs', 'Roof terrace', { kind: 'residentsWith', share: 0.5 }, ['Roof terrace']),
  group('saltoKs', 'Bike storage', { kind: 'residentsWith', share: 0.25 }, ['Bike storage']),
  group('saltoKs', 'Pool guests – other buildings', { kind: 'neighbours', share: 0.9 }, [
    'Lobby – Tower A',
    'Pool deck',
    'Gym',
  ]),
  group('saltoKs', 'Staff', { kind: 'staff', share: 1 }, 'all shared'),
  group('saltoKs', 'Night security', { kind: 'staff', share: 0.2 }, 'all shared'),
  group('saltoKs', 'Cleaning crew', { kind: 'service' }, [...harborLobbyA, 'Lobby – Tower B', 'Gym', 'Staff room']),
  group('saltoKs', 'Contractors – weekdays', { kind: 'contractors', share: 0.8 }, [
    'Garage – pedestrian door',
    'Boiler room',
  ]),
  group('saltoKs', 'Deliveries', { kind: 'service' }, ['Mail room', 'Package room']),
  group('saltoKs', 'Board members', { kind: 'residentsWith', share: 0.04 }, ['Roof terrace', 'Staff room']),
  group('brivo', 'Residents – Beacon Court', { kind: 'residents', building: 'beaconCourt' }, beaconCommon),
  group('brivo', 'Garage level 1', { kind: 'residentsWith', share: 0.35 }, ['Garage – level 1']),
  group('brivo', 'Garage level 2', { kind: 'residentsWith', share: 0.25 }, ['Garage – level 2']),
  group('brivo', 'Fitness members', { kind: 'residentsWith', share: 0.4 }, ['Fitness center']),
  group('brivo', 'Fitness members – other buildings', { kind: 'neighbours', share: 0.85 }, [
    'Main entrance',
    'Fitness center',
  ]),
  group('brivo', 'Coworking', { kind: 'residentsWith', share: 0.2 }, ['Coworking lounge']),
  group('brivo', 'Storage cages', { kind: 'residentsWith', share: 0.15 }, ['Storage cages']),
  group('brivo', 'Staff', { kind: 'staff', share: 1 }, 'all shared'),
  group('brivo', 'Leasing team', { kind: 'staff', share: 0.3 }, ['Main entrance', 'Leasing office']),
  group('brivo', 'Cleaning crew', { kind: 'service' }, [...beaconCommon, 'Fitness center', 'Coworking lounge']),
  group('brivo', 'Contractors – weekdays', { kind: 'contractors', share: 0.9 }, ['Main entrance', 'Loading dock']),
  group('brivo', 'Emergency services', { kind: 'service' }, 'all shared'),
]

function group(system: SystemName, name: string, purpose: GroupPurpose, entrances: GroupPlan['entrances']): GroupPlan {
  return { system, name, purpose, entrances }
}
