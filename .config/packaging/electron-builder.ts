import type { Configuration } from 'electron-builder';
import { filesFor } from './files.ts';
import { feedOf } from './feed.ts';
import { APP_ID } from '../../src-main/shells/app-id.ts';

/** The names of files and folders are ASCII: installers' tools still stumble over others. What a person reads is Korean. */
const ENGLISH = 'Dangol Fieldbook';
const KOREAN = '단골수첩';

/**
 * How the program becomes an installer (docs/packaging.md). Nothing secret stands here: electron-builder takes certificates
 * and Apple's keys from the environment by itself, and packs unsigned without them.
 *
 * @param env what the organisation says of itself: DANGOL_UPDATE_URL, DANGOL_PUBLISHER, DANGOL_MAINTAINER, DANGOL_HOMEPAGE;
 *   whether there is a certificate: CSC_LINK, CSC_NAME
 */
export function configFor(env: NodeJS.ProcessEnv): Configuration {
  const feed = feedOf(env);
  // Linux has none: its updater would check no signature.
  const signedFeed = feed ? { publish: [feed.publish], forceCodeSigning: true } : {};
  const hasCertificate = feed !== null || Boolean(env['CSC_LINK'] || env['CSC_NAME']);
  return {
    appId: APP_ID,
    productName: ENGLISH,
    copyright: `${KOREAN} (${ENGLISH})`,
    directories: { output: 'dist', buildResources: 'resources/install' },
    artifactName: 'dangol-fieldbook-${version}-${os}-${arch}.${ext}',
    // SQLite is for the system's loader, which reads no archive; the scripts beside it stay in the archive, whose hashes
    // Electron checks.
    asarUnpack: ['**/*.node'],
    asar: { smartUnpack: false },
    // The prebuilt binaries of the package serve Node and Electron alike (docs/decisions/0001-packages.md).
    npmRebuild: false,
    nodeGypRebuild: false,
    electronLanguages: ['ko', 'en', 'en-US'],
    electronFuses: {
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      enableCookieEncryption: true,
      // The page has a scheme of its own: `file:` needs no more than a browser gives it.
      grantFileProtocolExtraPrivileges: false,
    },
    extraMetadata: {
      // Both are asked for by Debian's packages.
      homepage: env['DANGOL_HOMEPAGE'] || 'https://dangol.invalid',
      desktopName: 'dangol-fieldbook.desktop',
    },
    // No feed unless a system below has one, and no upload at all: what is in a feed was put there by a person.
    publish: null,
    fileAssociations: [
      {
        ext: 'dangol',
        name: `${KOREAN} 파일 (${ENGLISH})`,
        description: `${KOREAN} 파일 (${ENGLISH})`,
        mimeType: 'application/x-dangol',
        role: 'Editor',
        icon: 'file',
      },
    ],
    extraResources: [{ from: 'resources/install', to: 'bin', filter: ['dangol', 'dangol.cmd'] }],

    win: {
      ...signedFeed,
      files: filesFor('win32'),
      target: [{ target: 'nsis', arch: ['x64'] }],
      icon: 'resources/install/icon.ico',
      requestedExecutionLevel: 'asInvoker',
      ...(feed?.publisher && { signtoolOptions: { publisherName: feed.publisher } }),
      verifyUpdateCodeSignature: true,
    },
    nsis: {
      // Pages, so that a person reads where their records are kept; without asking for an administrator.
      oneClick: false,
      perMachine: false,
      selectPerMachineByDefault: false,
      allowToChangeInstallationDirectory: false,
      include: 'resources/install/installer.nsh',
      installerLanguages: ['ko_KR', 'en_US'],
      displayLanguageSelector: false,
      shortcutName: KOREAN,
      uninstallDisplayName: `${KOREAN} (${ENGLISH}) \${version}`,
      installerIcon: 'resources/install/icon.ico',
      uninstallerIcon: 'resources/install/icon.ico',
      // The records stay: they are the person's, and a new installation finds them again.
      deleteAppDataOnUninstall: false,
      differentialPackage: false,
    },

    mac: {
      ...signedFeed,
      files: filesFor('darwin'),
      // The zip is what an update takes: a program that runs cannot open an image.
      target: [
        { target: 'dmg', arch: ['arm64', 'x64'] },
        { target: 'zip', arch: ['arm64', 'x64'] },
      ],
      icon: 'resources/install/icon.icns',
      category: 'public.app-category.business',
      // Apple's processors start nothing that is not signed, and setting the fuses breaks Electron's own signature. Without a
      // certificate the program is signed for itself (`-`), which the hardened runtime's check of libraries would refuse.
      ...(hasCertificate ? { hardenedRuntime: true } : { hardenedRuntime: false, identity: '-' }),
      gatekeeperAssess: false,
      entitlements: 'resources/install/entitlements.mac.plist',
      entitlementsInherit: 'resources/install/entitlements.mac.plist',
      // With Apple's keys in the environment it is done, without them left out: see docs/packaging.md.
      notarize: true,
      extendInfo: {
        CFBundleDevelopmentRegion: 'ko',
        CFBundleDisplayName: KOREAN,
        LSHasLocalizedDisplayName: true,
        NSCameraUsageDescription: '점포 사진을 찍을 때 카메라를 써요. The camera takes photos of a shop.',
      },
      extraResources: [{ from: 'resources/install/mac', to: '.', filter: ['*.lproj/InfoPlist.strings'] }],
    },
    dmg: { title: `${KOREAN} \${version}`, writeUpdateInfo: false },

    linux: {
      files: filesFor('linux'),
      target: [
        { target: 'AppImage', arch: ['x64'] },
        { target: 'deb', arch: ['x64'] },
      ],
      icon: 'resources/install/icons',
      executableName: 'dangol-fieldbook',
      // Paths: electron-builder's own would be URLs, which the program takes for no file.
      executableArgs: ['%F'],
      category: 'Office',
      synopsis: '전통시장 현장 수첩',
      description:
        '전통시장과 상점가를 찾는 트레이너의 현장 수첩. A notebook for field trainers in traditional markets.',
      // Who builds it answers for it; without a name a deb cannot be made.
      maintainer: env['DANGOL_MAINTAINER'] || `${ENGLISH} <nobody@dangol.invalid>`,
      syncDesktopName: true,
      desktop: { entry: { Name: KOREAN, 'Name[en]': ENGLISH } },
    },
    deb: {
      packageCategory: 'misc',
      fpm: ['resources/install/dangol=/usr/bin/dangol'],
    },
  };
}

export default configFor(process.env);
