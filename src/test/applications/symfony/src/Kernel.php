<?php
namespace App;

use Symfony\Bundle\FrameworkBundle\FrameworkBundle;
use Symfony\Bundle\FrameworkBundle\Kernel\MicroKernelTrait;
use Symfony\Bundle\TwigBundle\TwigBundle;
use Symfony\Component\DependencyInjection\Loader\Configurator\ContainerConfigurator;
use Symfony\Component\HttpKernel\Kernel as BaseKernel;
use Symfony\Component\Routing\Loader\Configurator\RoutingConfigurator;

/** Routes in PHP: a title may have slashes. */
final class Kernel extends BaseKernel
{
    use MicroKernelTrait;

    public function registerBundles(): iterable
    {
        return [new FrameworkBundle(), new TwigBundle()];
    }

    public function getProjectDir(): string
    {
        return dirname(__DIR__);
    }

    protected function configureContainer(ContainerConfigurator $container): void
    {
        $container->extension('framework', [
            'secret' => 'none, for an example',
            'session' => ['storage_factory_id' => 'session.storage.factory.native', 'handler_id' => null],
            'form' => ['enabled' => true, 'csrf_protection' => ['enabled' => false]],
            'http_method_override' => true,
        ]);
        $container->extension('twig', ['default_path' => '%kernel.project_dir%/templates']);
        $container->services()->defaults()->autowire()->autoconfigure()->load('App\\Controller\\', __DIR__ . '/Controller');
    }

    protected function configureRoutes(RoutingConfigurator $routes): void
    {
        $controller = Controller\Articles::class;
        $routes->add('list', '/')->controller([$controller, 'list']);
        $routes->add('new', '/articles/new')->controller([$controller, 'new']);
        $routes->add('edit', '/articles/{title}/edit')->controller([$controller, 'edit'])->requirements(['title' => '.+']);
        $routes->add('show', '/articles/{title}')->controller([$controller, 'show'])->requirements(['title' => '.+']);
        $routes->add('login', '/login')->controller([$controller, 'login']);
        $routes->add('logout', '/logout')->controller([$controller, 'logout']);
        $routes->add('api', '/api/articles.json')->controller([$controller, 'api']);
    }
}
